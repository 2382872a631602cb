// The signatures of a bundle: the reader's trust root, the certificates, the attestation and the files that repeat it
// (verify/bundle/attested.py, signers.py).
import { base64, equal, sha256 } from "./octets.mjs";
import { Fault, malformed, reading } from "./outcome.mjs";
import { canonical, isObject, readCanonical } from "./json.mjs";
import { pemBlocks } from "./forms.mjs";
import { FURTHER_CHAIN, FURTHER_LISTS, SUMS } from "./names.mjs";
import { attribute, NAME, nameText, readCertificate, readList } from "./x509.mjs";
import { micro } from "./path.mjs";
import { trusted } from "./root.mjs";
import { judgeAttestation } from "./policy.mjs";
import { named, ROLES } from "./statement.mjs";

const ENVELOPE = "attest/verification.dsse.json", CHAIN = "trust/chain.pem", LISTS = "trust/crls.pem";
const RESTS = "attest.rests_on_failed";

/** Checks root, certificates, those of the policy, sigstore.<role>. */
export async function attested(record, members, held, ruler, uses) {
  const trust = held ? await rootOf(record, members, held) : void record.skip("root", "bundle.no_root") || null;
  const anchors = trust ? trust.root.anchors : { people: [], clocks: [] };
  const read = await record.run("certificates", () => materialOf(members));
  const material = read || { envelope: envelopeOf(members), tokens: tokensOf(members), certificates: [], lists: [], further: [], furtherLists: [] };
  const subject = members.has(SUMS) ? await sha256(members.get(SUMS)) : null;
  const before = requiredBy(record, ruler), start = record.checks.length;
  const found = await judgeAttestation(record, material, anchors, subject, before, uses);
  resting(record.checks, start, trust !== null, read !== null);
  for (const role of ROLES) await sigstore(record, role, members, material, found);
  if (!found.statement) return { statement: null, signers: [], trust, notes: [] };
  const lists = [...material.lists, ...material.furtherLists];
  const notes = lists.map((one) => ({
    key: "bundle.list_dates", args: { issuer: nameText(one.issuer), from: micro(one.update), until: one.next === null ? "–" : micro(one.next) },
  }));
  return { statement: found.statement, signers: signersOf(found, material, record.checks), trust, notes };
}

async function rootOf(record, members, held) {
  const found = await record.run("root", () => trusted(held, members));
  if (found) record.note(found.recognised ? "bundle.root_recognised" : "bundle.root_as_held", { version: String(found.held), sha256: found.sha256 });
  return found;
}

const envelopeOf = (members) => members.get(ENVELOPE) || new Uint8Array(0);

function tokensOf(members) {
  const found = new Map();
  for (const [name, octets] of members) {
    const match = /^attest\/([a-z0-9.]+)\.tsr$/.exec(name);
    if (match) found.set(match[1], octets);
  }
  return found;
}

async function materialOf(members) {
  for (const member of [CHAIN, LISTS]) if (!members.has(member)) throw new Fault("bundle.member_missing", { member });
  return reading("attest.certificate_unreadable", async () => ({
    envelope: envelopeOf(members), tokens: tokensOf(members),
    certificates: await pem(members.get(CHAIN), "CERTIFICATE", readCertificate),
    lists: await pem(members.get(LISTS), "X509 CRL", readList),
    further: await pem(members.get(FURTHER_CHAIN), "CERTIFICATE", readCertificate),
    furtherLists: await pem(members.get(FURTHER_LISTS), "X509 CRL", readList),
  }));
}

async function pem(octets, label, read) {
  const found = [];
  for (const one of pemBlocks(octets || new Uint8Array(0))) {
    if (one.label !== label) malformed("PEM of another kind");
    found.push(await read(one.der));
  }
  if (new Set(found.map((one) => one.id)).size !== found.length) malformed("one certificate or list twice");
  return found;
}

/** Which further signatures the ruler asks for; whether it is the signed ruler is for the check `ruler`. */
function requiredBy(record, ruler) {
  if (ruler === null) return [];
  const section = isObject(ruler.text) ? ruler.text.attestation : undefined;
  if (isObject(ruler.text) && (section === undefined || section === null)) return [];
  const listed = isObject(section) ? section.further : null;
  if (Array.isArray(listed) && listed.every((one) => typeof one === "string" && /^[a-z][a-z0-9_]{0,31}$/.test(one))) return [...new Set(listed)].sort();
  record.add("further", "failed", "attest.ruler_unreadable", { detail: "attestation.further" });
  return [];
}

/** What failed only because root or certificates are missing was not made. */
function resting(checks, start, anchored, read) {
  const missing = new Set();
  if (!anchored) missing.add("attest.no_anchor");
  if (!read) for (const key of ["attest.certificate_missing", "attest.crl_missing"]) missing.add(key);
  if (missing.size) missing.add("attest.unused");
  for (const one of checks.slice(start)) if (missing.has(one.key)) Object.assign(one, { state: "not_checked", key: RESTS, args: {} });
}

/** attest/<role>.sigstore.json is what envelope, certificate and token give (verify/attest/sigstore.py). */
async function sigstore(record, role, members, material, found) {
  const name = `sigstore.${role}`, member = `attest/${role}.sigstore.json`;
  const listed = found.statement ? found.statement.signatories.find((one) => one.role === role) : null;
  const person = listed ? material.certificates.find((one) => one.spki === listed.spki) : null;
  if (!person || !material.tokens.has(role)) record.skip(name, RESTS);
  else
    await record.run(name, () => {
      if (!members.has(member)) throw new Fault("bundle.member_missing", { member });
      const own = found.envelope.signatures.filter((one) => one.keyid === person.spki);
      if (own.length !== 1) throw new Fault("attest.signature_missing", { role: nameText(person.subject) });
      const envelope = readCanonical(material.envelope);
      const derived = {
        dsseEnvelope: { ...envelope, signatures: envelope.signatures.filter((one) => one.keyid === person.spki) },
        mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json",
        verificationMaterial: {
          certificate: { rawBytes: base64(person.der) },
          timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: base64(material.tokens.get(role)) }] },
          tlogEntries: [],
        },
      };
      if (!equal(canonical(derived), members.get(member))) throw new Fault("attest.sigstore_other");
    });
}

function signersOf(found, material, checks) {
  const state = new Map(checks.map((one) => [one.name, one.state]));
  const people = [...material.certificates, ...material.further];
  return named(found.statement).map(([name, listed]) => {
    const one = people.find((held) => held.spki === listed.spki), stamp = found.stamps.get(name);
    const common = (held) => attribute(held, NAME.common) || nameText(held);
    return {
      name, role: listed.role, spki: listed.spki, at: found.times.has(name) ? found.times.get(name) : null,
      person: one ? common(one.subject) : "", organisation: one ? attribute(one.subject, NAME.organisation) : "",
      body: one ? common(one.issuer) : "", clock: stamp ? common(stamp.chain[0].subject) : "",
      holds: ["signature", "time", "chain", "revocation"].every((step) => state.get(`${step}.${name}`) === "verified"),
    };
  });
}
