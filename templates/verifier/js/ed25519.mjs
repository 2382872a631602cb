// Ed25519 (RFC 8032) as notes use it, our own length and range checks first (attestation V4, V6; verify/attest/log/ed25519.py).
import { unhex, utf8 } from "./octets.mjs";
import { NotChecked } from "./outcome.mjs";

const KEY = 32, SIGNATURE = 64, ORDER = 2n ** 252n + 27742317777372353535851937790883648493n; // L, RFC 8032 5.1
// RFC 8032 7.1, TEST 3
const EXAMPLE = {
  key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
  signature:
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
};
let works = null;

/** Does the signature (64 octets, s below L) over the message hold? NotChecked where this browser has no working Ed25519. */
export async function holdsEd25519(key, signature, message) {
  if (works === null) works = tried();
  if (!(await works)) throw new NotChecked("page.unsupported", { what: "Ed25519" });
  return verified(key, signature, message);
}

async function verified(key, signature, message) {
  if (key.length !== KEY || signature.length !== SIGNATURE) return false;
  const s = signature.slice(KEY).reduceRight((sum, one) => sum * 256n + BigInt(one), 0n);
  if (s >= ORDER) return false; // RFC 8032 5.1.7, step 1; not every browser looks
  try {
    const known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, known, signature, message);
  } catch (error) {
    if (error && error.name === "NotSupportedError") throw new NotChecked("page.unsupported", { what: "Ed25519" });
    return false;
  }
}

async function tried() {
  const [key, signature, message] = [EXAMPLE.key, EXAMPLE.signature, EXAMPLE.message].map(unhex);
  try {
    return (await verified(key, signature, message)) && !(await verified(key, signature, utf8("other")));
  } catch {
    return false;
  }
}
