// The rules of a whole log (L1 to L4) over all its entries in their order (verify/attest/log/rules.py).
import { OPENED, REPLIES, SUBMISSION, TERMINATED, VERDICT } from "./entry.mjs";

const keyOf = (body, number) => JSON.stringify([body, number]);

/** [{opening, verdicts, terminated, gone}] in the order of the openings; each a {index, entry, content}. */
export function engagements(log) {
  const held = new Map(log.map((one) => [keyOf(one.entry.body, one.entry.seq), one])), found = new Map();
  for (const [key, one] of held) if (one.entry.kind === OPENED) found.set(key, { opening: one, verdicts: [], terminated: null, gone: [] });
  const replied = new Set(log.filter((one) => REPLIES.includes(one.entry.kind)).map((one) => keyOf(one.entry.body, one.entry.about)));
  for (const [key, one] of held) {
    const task = found.get(keyOf(one.entry.body, one.entry.engagement || 0));
    if (!task) continue;
    if (one.entry.kind === VERDICT) (replied.has(key) ? task.gone : task.verdicts).push(one);
    else if (one.entry.kind === TERMINATED && !task.terminated) task.terminated = one;
  }
  return [...found.values()];
}

export const nameOf = (task) => `${task.opening.entry.body} #${task.opening.entry.seq}`;

/** The first terminal entry, or null. */
export function endOf(task) {
  const ends = [...task.verdicts, ...task.gone, ...(task.terminated ? [task.terminated] : [])];
  return ends.length ? ends.reduce((one, other) => (other.index < one.index ? other : one)) : null;
}

/** Was a verdict that is released, standing or not, adverse? */
export const adverse = (task) => [...task.verdicts, ...task.gone].some((one) => one.content && one.content.opinion === "adverse");

/** Where it stands on the day `on` (YYYY-MM-DD) by its deadline: open, overdue, ended or late. */
export function stateOf(task, on) {
  const deadline = task.opening.entry.deadline || "", end = endOf(task);
  if (!end) return on > deadline ? "overdue" : "open";
  return end.entry.date.slice(0, 10) > deadline ? "late" : "ended";
}

/** [{key, args, fails}]: what the rules say; `concerns` picks the engagements that L3 is held against. */
export function remarks(log, on, concerns) {
  const found = [...numbers(log), ...order(log), ...links(log)];
  for (const task of engagements(log)) {
    const state = stateOf(task, on), args = { engagement: nameOf(task), deadline: task.opening.entry.deadline || "" };
    if ((state === "overdue" || state === "late") && concerns(task))
      found.push(state === "overdue" ? { key: "log.overdue", args, fails: true } : { key: "log.late", args, fails: false });
  }
  return found;
}

function numbers(log) {
  const last = new Map(), found = [];
  for (const { index, entry } of log) {
    const wanted = (last.get(entry.body) || 0) + 1;
    if (entry.seq > wanted) {
      const missing = entry.seq === wanted + 1 ? String(wanted) : `${wanted}-${entry.seq - 1}`;
      found.push({ key: "log.gap", args: { body: entry.body, missing, index: String(index) }, fails: true });
    } else if (entry.seq < wanted) found.push({ key: "log.repeated", args: { body: entry.body, number: String(entry.seq), index: String(index) }, fails: true });
    last.set(entry.body, Math.max(entry.seq, wanted - 1));
  }
  return found;
}

function order(log) {
  const found = [];
  let before = "";
  for (const { index, entry } of log) {
    if (entry.date < before) found.push({ key: "log.dates", args: { index: String(index), date: entry.date }, fails: true });
    if (entry.date > before) before = entry.date;
  }
  return found;
}

/** A link leads to an earlier entry of the kind that it needs, and one engagement has one verdict that stands. */
function links(log) {
  const seen = new Map(), standing = new Map(), found = [];
  for (const { index, entry } of log) {
    for (const [key, fails] of faults(entry, seen, standing)) found.push({ key, args: { index: String(index) }, fails });
    seen.set(keyOf(entry.body, entry.seq), entry);
    note(entry, seen, standing);
  }
  return found;
}

function faults(entry, seen, standing) {
  const kindOf = (number) => (seen.get(keyOf(entry.body, number || 0)) || { kind: "" }).kind, found = [];
  if (entry.engagement !== null && kindOf(entry.engagement) !== OPENED) found.push(["log.not_opened", true]);
  if (entry.kind === OPENED && entry.about !== null)
    found.push(kindOf(entry.about) === SUBMISSION ? ["log.opened_late", false] : ["log.no_submission", true]);
  if (REPLIES.includes(entry.kind)) {
    const about = seen.get(keyOf(entry.body, entry.about));
    if (kindOf(entry.about) !== VERDICT) found.push(["log.no_verdict", true]);
    else if (![...standing.values()].includes(keyOf(about.body, about.seq))) found.push(["log.replied", true]);
  }
  if (entry.kind === VERDICT && standing.has(keyOf(entry.body, entry.engagement || 0))) found.push(["log.second_verdict", true]);
  return found;
}

function note(entry, seen, standing) {
  if (entry.kind === VERDICT) {
    const task = keyOf(entry.body, entry.engagement || 0);
    if (!standing.has(task)) standing.set(task, keyOf(entry.body, entry.seq));
  } else if (REPLIES.includes(entry.kind)) {
    const about = seen.get(keyOf(entry.body, entry.about || 0)), task = about ? keyOf(entry.body, about.engagement || 0) : null;
    if (task !== null && standing.get(task) === keyOf(entry.body, entry.about)) standing.delete(task);
  }
}
