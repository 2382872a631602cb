// Judging a bundle offline, in the order and by the names of verify/bundle/judge.py. No clock is looked at (I1, I3).
import { sha256, unbase64 } from "./octets.mjs";
import { Fault, overall, Record, refused } from "./outcome.mjs";
import { readContainer } from "./zip.mjs";
import { formFaults } from "./forms.mjs";
import { memberFaults, SUMS } from "./names.mjs";
import { cryptoWorks, NO_CRYPTO } from "./keys.mjs";
import { attested } from "./attested.mjs";
import { plainRuler, reported } from "./reported.mjs";
import { logged } from "./logged.mjs";
import { DATA } from "./data.mjs";

const EMPTY = { statement: null, report: null, ruler: null, recomputed: [], signers: [], trust: null, notes: [], first: [], digests: {} };

/** The verdict on the octets of a zip. `held`: {file, sha256} of the reader's trust root, or null. */
export async function judge(data, held) {
  const record = new Record();
  if (!(await able())) {
    record.skip("container", NO_CRYPTO);
    return done(record, EMPTY);
  }
  let container;
  try {
    container = await readContainer(data);
  } catch (error) {
    const fault = error instanceof Fault ? error : new Fault("page.internal", { detail: String(error) });
    record.each("container", [fault]);
    return done(record, EMPTY);
  }
  const { members, repacked } = container;
  record.each("container", repacked ? [refused("repacked", "Z9")] : []);
  await guarded(record, "members", async () => record.each("members", await listed(members)));
  await guarded(record, "canonical", async () => record.each("canonical", formFaults(members)));
  const plain = plainRuler(members);
  const signed = await attested(record, members, held, plain, DATA.uses);
  const trust = signed.trust ? signed.trust.root.logs : null;
  let history = { first: [], notes: [] };
  await guarded(record, "log", async () => {
    history = await logged(record, members, signed.statement, signed.signers, plain, trust);
  });
  let said = { report: null, ruler: null, recomputed: [] };
  await guarded(record, "report", async () => {
    said = await reported(record, members, signed.statement, plain);
  });
  const notes = [...signed.notes, ...history.notes];
  return done(record, { ...signed, ...said, notes, first: history.first, digests: await digests(members, signed, said) });
}

function done(record, found) {
  return { ...found, state: overall(record.checks), checks: record.checks };
}

/** An error of our own leaves the check unmade, never green. */
async function guarded(record, name, make) {
  try {
    await make();
  } catch (error) {
    record.skip(name, "page.internal", { detail: String(error) });
  }
}

async function able() {
  if (!globalThis.crypto || !crypto.subtle) return false;
  const { spki, signature, message } = DATA.example;
  return cryptoWorks({ spki: unbase64(spki), signature: unbase64(signature), message });
}

async function listed(members) {
  try {
    return await memberFaults(members);
  } catch (error) {
    if (error instanceof Fault) return [error];
    throw error;
  }
}

async function digests(members, signed, said) {
  const found = {};
  if (members.has(SUMS)) found.SHA256SUMS = await sha256(members.get(SUMS));
  if (signed.trust) found.root = signed.trust.sha256;
  if (signed.statement) [found.facts, found.ruler] = [signed.statement.facts, signed.statement.ruler.sha256];
  if (said.report) found.public_facts = said.report.sha256;
  return found;
}
