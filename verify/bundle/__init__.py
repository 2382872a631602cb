"""The published, signed folder or zip that anyone can check offline (attestation.md section 2).

Here: writing a bundle, the exact set of its members, and verifying one without the table engine.
Not here: what may be public (disclosure), how a signature or a proof is made (attest), recomputation from tables (road).
"""
