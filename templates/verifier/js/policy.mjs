// The attestation, by the checks of verify/attest/policy.py in their order (E6 to E8, I1 to I7, T1 to T6, V3).
import { Fault } from "./outcome.mjs";
import { verifyP256 } from "./keys.mjs";
import { comparable, EXTENSION, nameText } from "./x509.mjs";
import { personChain, standing, subjectOf, twoPersons } from "./path.mjs";
import { verifyStamp } from "./timestamp.mjs";
import { within } from "./root.mjs";
import { FURTHER, named, PAYLOAD_TYPE, readStatement, readTyped } from "./statement.mjs";
import { Further } from "./further.mjs";

const STEPS = ["signature", "time", "chain", "revocation", "time_revocation"];

/** Certificates that a chain went through, and the names of the issuers whose lists it needed. */
class Used {
  constructor() {
    this.certificates = new Set();
    this.issuers = new Set();
  }

  chain(chain) {
    for (const one of chain) {
      this.certificates.add(one.id);
      this.issuers.add(JSON.stringify(one.issuer));
    }
  }
}

/** What a signature rests on: its token, its chain, the lists of its issuers; and which of the material was used. */
class Support {
  constructor(record, material, anchors) {
    Object.assign(this, { record, material, anchors, used: new Used(), usedFurther: new Used(), tokens: new Set() });
  }

  async stamp(name, signature) {
    if (!this.material.tokens.has(name)) throw new Fault("attest.time_missing");
    this.tokens.add(name);
    const clocks = this.anchors.clocks.map((one) => one.certificate);
    const stamp = await verifyStamp(this.material.tokens.get(name), signature, clocks, this.material.certificates);
    const top = stamp.chain[stamp.chain.length - 1];
    within(this.anchors.clocks, top, stamp.at, subjectOf(top));
    for (const one of stamp.chain) this.used.certificates.add(one.id);
    return stamp;
  }

  async standing(name, chain, lists, at, required = true) {
    const later = await this.record.run(name, () => standing(chain, lists, at), required);
    for (const one of later || []) this.record.note("attest.revoked_later", one);
    return later !== null;
  }

  async clock(name, stamp, required = true) {
    const issuers = stamp.chain.slice(1).map((one) => JSON.stringify(one.subject)), { lists } = this.material;
    const listed = lists.some((one) => issuers.includes(JSON.stringify(one.issuer)));
    if (!listed && !stamp.chain.slice(0, -1).some((one) => one.extensions.has(EXTENSION.points))) {
      this.record.skip(`time_revocation.${name}`, "attest.time_no_list", {}, false);
      return true;
    }
    this.used.chain(stamp.chain);
    return this.standing(`time_revocation.${name}`, stamp.chain, lists, stamp.at, required);
  }

  notMade(name, steps, required = true) {
    for (const step of steps) this.record.skip(`${step}.${name}`, "attest.rests_on_failed", {}, required && step !== "time_revocation");
  }

  /** Nothing lies there that nothing rests on, and nothing twice. */
  nothingOver() {
    const { material, used, usedFurther } = this;
    const over = (what) => new Fault("attest.unused", { what });
    const own = new Set(material.certificates.map((one) => one.id));
    for (const one of material.certificates)
      if (!used.certificates.has(one.id) && !usedFurther.certificates.has(one.id)) throw over(subjectOf(one));
    for (const one of material.further) if (!usedFurther.certificates.has(one.id) || own.has(one.id)) throw over(subjectOf(one));
    const issuers = new Set();
    for (const one of material.lists) {
      const issuer = JSON.stringify(one.issuer);
      issuers.add(issuer);
      if (!used.issuers.has(issuer) && !usedFurther.issuers.has(issuer)) throw over(nameText(one.issuer));
    }
    for (const one of material.furtherLists) {
      const issuer = JSON.stringify(one.issuer);
      if (!usedFurther.issuers.has(issuer) || issuers.has(issuer)) throw over(nameText(one.issuer));
      issuers.add(issuer);
    }
    const left = [...material.tokens.keys()].filter((one) => !this.tokens.has(one)).sort();
    if (left.length) throw over(left[0]);
  }
}

/** {statement, times: Map, stamps: Map}; the checks go into `record`. `uses`: OID of each role. */
export async function judgeAttestation(record, material, anchors, subject, required, uses) {
  const support = new Support(record, material, anchors);
  const envelope = await record.run("envelope", () => readTyped(material.envelope, PAYLOAD_TYPE));
  const none = { statement: null, envelope, times: new Map(), stamps: new Map() };
  if (!envelope) return none;
  const statement = await record.run("statement", () => readStatement(envelope.payload));
  if (!statement) return none;
  if (subject === null) record.skip("subject", "attest.subject_absent");
  else await record.run("subject", () => sameSubject(statement, subject));
  await record.run("signatories", () => signatories(statement, envelope));
  const further = new Further(record, support, envelope, uses.further);
  const found = [], stamps = new Map();
  for (const [name, listed] of named(statement)) {
    if (listed.role === FURTHER) await further.signatory(name, listed);
    else {
      const signer = await signerOf(record, support, envelope, name, listed, uses, stamps);
      if (signer) found.push({ name, ...signer });
    }
  }
  await further.required(required);
  await together(record, found);
  await record.run("unused", () => support.nothingOver());
  return { statement, envelope, times: new Map([...found.map((one) => [one.name, one.stamp.at]), ...further.times]), stamps };
}

async function signerOf(record, support, envelope, name, listed, uses, stamps) {
  const { material, anchors } = support;
  const certificate = material.certificates.find((one) => one.spki === listed.spki) || null;
  if (certificate && certificate.key.kind !== "ec") {
    support.used.certificates.add(certificate.id);
    record.skip(`signature.${name}`, "attest.algorithm_unknown", { role: listed.role }, false);
    return null;
  }
  const signature = await record.run(`signature.${name}`, () => signatureOf(envelope, listed, certificate));
  if (!signature) return void support.notMade(name, STEPS.slice(1));
  const stamp = await record.run(`time.${name}`, () => support.stamp(name, signature));
  if (!stamp) return void support.notMade(name, STEPS.slice(2));
  stamps.set(name, stamp);
  let chain = await record.run(`chain.${name}`, async () => {
    const roots = anchors.people.map((one) => one.certificate);
    const found = await personChain(certificate, material.certificates, roots, listed.role, uses[listed.role], stamp.at);
    const top = found[found.length - 1];
    within(anchors.people, top, stamp.at, subjectOf(top));
    support.used.chain(found);
    return found;
  });
  if (!chain) support.notMade(name, STEPS.slice(3, 4));
  else if (!(await support.standing(`revocation.${name}`, chain, material.lists, stamp.at))) chain = null;
  const timed = await support.clock(name, stamp);
  return timed && chain ? { role: listed.role, certificate, stamp } : null;
}

async function signatureOf(envelope, listed, certificate) {
  if (!certificate) throw new Fault("attest.certificate_missing", { role: listed.role });
  const held = envelope.signatures.filter((one) => one.keyid === listed.spki);
  if (held.length !== 1) throw new Fault("attest.signature_missing", { role: listed.role });
  await verifyP256(certificate.key, held[0].sig, envelope.signed);
  return held[0].sig;
}

function sameSubject(statement, found) {
  if (statement.subject !== found) throw new Fault("attest.subject_other", { signed: statement.subject, found });
}

/** Exactly the listed have signed, each once, under the digest of the own key, in the order of the payload. */
function signatories(statement, envelope) {
  const wanted = statement.signatories.map((one) => one.spki), found = envelope.signatures.map((one) => one.keyid);
  for (const one of statement.signatories) if (!found.includes(one.spki)) throw new Fault("attest.signature_missing", { role: one.role });
  if (found.some((one) => !wanted.includes(one))) throw new Fault("attest.signature_unlisted");
  if (found.join() !== wanted.join()) throw new Fault("attest.signature_order");
}

async function together(record, signers) {
  const pairs = [];
  for (const lead of signers.filter((one) => one.role === "lead"))
    for (const reviewer of signers.filter((one) => one.role === "reviewer")) pairs.push([lead, reviewer]);
  if (!pairs.length) {
    record.skip("two_persons", "attest.roles_incomplete");
    record.skip("order", "attest.roles_incomplete");
    return;
  }
  await record.run("two_persons", () => pairs.forEach(([lead, reviewer]) => twoPersons(lead.certificate, reviewer.certificate)));
  const ordered = await record.run("order", () => {
    for (const [lead, reviewer] of pairs)
      if (reviewer.stamp.at < lead.stamp.at) throw new Fault("attest.order", { lead: lead.stamp.at, reviewer: reviewer.stamp.at });
  });
  const shared = pairs.find(([lead, reviewer]) => sameAuthority(lead.stamp, reviewer.stamp));
  if (ordered && shared) record.note("attest.one_clock", { authority: subjectOf(shared[0].stamp.chain[0]) });
}

function sameAuthority(one, other) {
  const [here, there] = [one.chain[0], other.chain[0]];
  if (here.spki === there.spki || comparable(here.subject) === comparable(there.subject)) return true;
  return one.chain.length > 2 && other.chain.length > 2 && one.chain[1].spki === other.chain[1].spki;
}
