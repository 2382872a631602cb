// What a bundle says of the log: its verdict and the opening of its engagement stand there, and what else does (L1 to L9;
// verify/bundle/logged.py).
import { equal, sha256 } from "./octets.mjs";
import { Fault, refused } from "./outcome.mjs";
import { canonical, isObject, readMember } from "./json.mjs";
import { OPENED, opens, opensWith, readEntry, REPLIES, unbundle, VERDICT, WITHDRAWN } from "./entry.mjs";
import { readCheckpoint, readProof, sameNote, verifyProof } from "./note.mjs";
import { cosigned, trustedCheckpoint } from "./logtrust.mjs";
import { adverse, endOf, engagements, nameOf, remarks, stateOf } from "./logrules.mjs";
import { samePlace, sharesOf } from "./place.mjs";
import { leafHash, rootOf } from "./tree.mjs";
import { readEnvelope, ROLES } from "./statement.mjs";

const PROOFS = ["log/verdict.tlog-proof", "log/engagement.tlog-proof"], ENTRIES = "log/entries", TEXTS = "log/released.jsonl";
const ENVELOPE = "attest/verification.dsse.json", RESTS = "attest.rests_on_failed", NOTHING = { first: [], notes: [] };

/** Checks log, log_checkpoint, log_witnesses, log_verdict, log_rules; {first, notes} for the reader. */
export async function logged(record, members, statement, signers, ruler, trust) {
  const files = [...members.keys()].filter((one) => one.startsWith("log/")).sort();
  if (!statement || statement.log === null) {
    if (files.length) record.add("log", "failed", "bundle.log_unnamed", { member: files[0] });
    else record.skip("log", "bundle.no_log", {}, false);
    return NOTHING;
  }
  if (!files.length) {
    record.skip("log", "bundle.log_not_checked", { origin: statement.log });
    return NOTHING;
  }
  const read = await record.run("log", () => readLog(members, statement.log));
  if (!read) {
    for (const name of ["log_checkpoint", "log_witnesses", "log_verdict", "log_rules"]) record.skip(name, RESTS);
    return NOTHING;
  }
  const times = await signed(record, read.note, trust);
  const { payload } = await readEnvelope(members.get(ENVELOPE));
  await record.run("log_verdict", async () => bound(read, statement, await sha256(payload), signers));
  let found = NOTHING;
  try {
    found = told(record, read, ruler, dayOf(read.log, times));
  } catch (error) {
    record.skip("log_rules", "page.internal", { detail: String(error) });
  }
  return found;
}

async function signed(record, note, trust) {
  if (!trust) {
    for (const name of ["log_checkpoint", "log_witnesses"]) record.skip(name, "log.no_policy");
    return new Map();
  }
  await record.run("log_checkpoint", () => trustedCheckpoint(trust, note));
  return (await record.run("log_witnesses", () => cosigned(trust, note))) || new Map();
}

async function readLog(members, origin) {
  for (const member of [...PROOFS, ENTRIES, TEXTS]) if (!members.has(member)) throw new Fault("bundle.member_missing", { member });
  const raw = unbundle(members.get(ENTRIES)), proofs = [];
  for (const name of PROOFS) proofs.push(await readProof(members.get(name)));
  const head = await readCheckpoint(proofs[0].note);
  if (!sameNote(proofs[0].note, proofs[1].note)) throw new Fault("bundle.log_two_checkpoints");
  if (head.origin !== origin) throw new Fault("log.origin", { origin: head.origin, key: origin });
  if (BigInt(raw.length) !== head.size || !equal(await rootOf(await Promise.all(raw.map(leafHash))), head.root))
    throw new Fault("bundle.log_other_entries", { size: String(head.size), found: String(raw.length) });
  for (const one of proofs) {
    if (one.index >= BigInt(raw.length)) throw new Fault("log.index", { index: String(one.index), size: String(head.size) });
    await verifyProof(one, raw[Number(one.index)]);
  }
  const entries = [], texts = await textsOf(members.get(TEXTS), raw);
  if (proofs.some((one) => !texts.has(Number(one.index)) || !opensWith(texts.get(Number(one.index)), one.extra))) throw new Fault("log.not_released");
  for (const one of raw) entries.push(await readEntry(one));
  const log = entries.map((entry, index) => ({ index, entry, content: texts.has(index) ? texts.get(index).content : null }));
  const [own, opened] = proofs.map((one) => log[Number(one.index)]);
  const task = engagements(log).find((one) => one.opening === opened);
  if (!task || ![...task.verdicts, ...task.gone].includes(own)) throw new Fault("bundle.log_other_engagement");
  return { head, note: proofs[0].note, log, own, task };
}

/** The released texts by index, each the one of its entry. */
async function textsOf(octets, raw) {
  const found = new Map(), no = () => refused("not_canonical", "Z9", { member: TEXTS });
  let last = -1;
  for (const line of linesOf(octets, no)) {
    const held = readMember(line, TEXTS);
    if (!isObject(held) || Object.keys(held).sort().join() !== "index,opening" || !/^(?:0|[1-9][0-9]{0,8})$/.test(String(held.index))) throw no();
    const index = Number(held.index);
    if (index <= last || index >= raw.length) throw new Fault("log.index", { index: String(index), size: String(raw.length) });
    found.set(index, await opens(await readEntry(raw[index]), canonical(held.opening), index));
    last = index;
  }
  return found;
}

function linesOf(octets, no) {
  const found = [];
  let start = 0;
  for (let at = 0; at < octets.length; at += 1)
    if (octets[at] === 10) {
      found.push(octets.subarray(start, at));
      start = at + 1;
    }
  if (start !== octets.length) throw no();
  return found;
}

const of = (one, kind) => (one.entry.kind === kind && one.content ? one.content : {});
const stampOf = (micro) => `${new Date(Number(micro / 1000n)).toISOString().slice(0, 19)}Z`;

/** Is what was logged what was signed, of this engagement, and after it was signed (I7)? */
function bound(read, statement, found, signers) {
  const content = of(read.own, VERDICT), opened = of(read.task.opening, OPENED), verdicts = Object.entries(content.verdicts || {});
  const alike = verdicts.length === statement.verdicts.size && verdicts.every(([item, one]) => statement.verdicts.get(item) === one);
  if (content.statement_sha256 !== found || content.opinion !== statement.opinion || !alike) throw new Fault("bundle.log_other_verdict");
  if (opened.engagement_id !== statement.engagement || opened.park !== statement.park) throw new Fault("bundle.log_other_engagement");
  const stamps = signers.filter((one) => one.at !== null && ROLES.includes(one.role)).map((one) => stampOf(one.at)).sort();
  const last = stamps[stamps.length - 1], date = read.own.entry.date;
  if (last !== undefined && last > date) throw new Fault("bundle.log_before_signing", { logged: date, signed: last });
  const reply = replyTo(read);
  if (reply && reply.entry.kind === WITHDRAWN) throw new Fault("bundle.log_withdrawn", { date: reply.entry.date.slice(0, 10) });
}

const replyTo = ({ log, own }) => log.find(({ entry }) => REPLIES.includes(entry.kind) && entry.body === own.entry.body && entry.about === own.entry.seq);

/** The latest day that log and witnesses vouch for: the last entry's, or the first cosignature's where that is later. */
function dayOf(log, times) {
  const last = log.reduce((found, one) => (one.entry.date > found ? one.entry.date : found), "").slice(0, 10);
  const first = [...times.values()].reduce((found, at) => (found === null || at < found ? at : found), null);
  const cosignedOn = first ? stampOf(first * 1000000n).slice(0, 10) : "";
  return cosignedOn > last ? cosignedOn : last;
}

/** The check log_rules, and what there is to be said of this place (L3, L8, L9). */
function told(record, read, ruler, on) {
  const shares = sharesOf(ruler), here = read.task.opening.content || {}, tasks = engagements(read.log), alike = new Map();
  for (const one of tasks)
    if (one.opening.content !== null) alike.set(nameOf(one), one.opening === read.task.opening || samePlace(here, one.opening.content, shares));
  const of_here = (one) => alike.get(nameOf(one)) === true;
  const concerns = (one) => of_here(one) && (one.opening.content || {}).period === here.period;
  const all = remarks(read.log, on, concerns), wrong = all.filter((one) => one.fails);
  record.each("log_rules", wrong);
  const first = tasks.filter((one) => of_here(one) && (!endOf(one) || adverse(one))).map((one) => ofPlace(one, on));
  const reply = replyTo(read);
  if (reply) first.unshift({ key: `bundle.log_${reply.entry.kind}`, args: { date: reply.entry.date.slice(0, 10) } });
  const sealed = tasks.filter((one) => one.opening.content === null).length;
  const notes = [{ key: "bundle.log_as_of", args: { origin: read.head.origin, size: String(read.head.size), date: on } }];
  if (sealed) notes.push({ key: "bundle.log_sealed", args: { count: String(sealed), all: String(tasks.length) } });
  return { first, notes: [...notes, ...all.filter((one) => !one.fails)] };
}

function ofPlace(one, on) {
  const state = adverse(one) ? "adverse" : stateOf(one, on);
  const args = { engagement: nameOf(one), deadline: one.opening.entry.deadline || "–", date: (endOf(one) || one.opening).entry.date.slice(0, 10) };
  return { key: `bundle.log_${state}`, args };
}
