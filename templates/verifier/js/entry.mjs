// Entries of a log and what opens them (verify/attest/log/entries.py, contents.py, kinds.py; tiles.unbundle).
import { equal, sha256 } from "./octets.mjs";
import { Fault, malformed, reading } from "./outcome.mjs";
import { canonical, isObject, has, readCanonical } from "./json.mjs";
import { day, decimal, items, matching, members, moment, oneOf, sha, words } from "./shape.mjs";

export const OPENED = "engagement-opened", SUBMISSION = "submission", VERDICT = "verdict", TERMINATED = "terminated", WITHDRAWN = "withdrawn";
export const REPLIES = ["superseded", WITHDRAWN];
const OWN = ["verifier-release", "key-event"];
const KINDS = [OPENED, SUBMISSION, "history-commit", "choice", VERDICT, TERMINATED, ...REPLIES, ...OWN];
const LARGEST = 65535, LONGEST = 256, CORNERS = 256, DIGITS = 24;

/** The entries of a file: two octets of length before each. */
export function unbundle(octets) {
  const found = [];
  let at = 0;
  while (at < octets.length) {
    const start = at + 2;
    at = start + octets[at] * 256 + (start <= octets.length ? octets[start - 1] : 0);
    if (at > octets.length || start > octets.length) throw new Fault("log.tile", { detail: "ends within an entry" });
    found.push(octets.subarray(start, at));
  }
  return found;
}

/** {body, seq, kind, date, digest, deadline, engagement, about} of a leaf; null for what is not there. */
export const readEntry = (octets) => reading("log.entry", () => entryOf(readCanonical(octets.subarray(0, LARGEST + 1))));

function entryOf(value) {
  const held = members(value, ["body", "body_seq", "date", "digest", "format", "kind"], ["about", "deadline", "engagement"]);
  oneOf(held.format, ["truezero-log/1"], "format");
  const kind = oneOf(held.kind, KINDS, "kind");
  for (const [name, may, must] of linksOf(kind)) {
    if (has(held, name) && !may) malformed(`${name}: does not belong to ${kind}`);
    if (must && !has(held, name)) malformed(`${name}: belongs to ${kind}`);
  }
  const seq = numberOf(held.body_seq, "body_seq");
  const link = (name) => (has(held, name) ? numberOf(held[name], name) : null);
  const [engagement, about] = [link("engagement"), link("about")];
  if ([engagement, about].some((one) => one !== null && one >= seq)) malformed("belongs to an entry that is not before it");
  if (has(held, "deadline")) day(held.deadline, "deadline");
  moment(held.date, "date");
  return { body: bodyOf(held.body), seq, kind, date: held.date, digest: sha(held.digest, "digest"), deadline: held.deadline || null, engagement, about };
}

/** Which links a kind may and must have. */
function linksOf(kind) {
  const opening = kind === OPENED, plain = !opening && !REPLIES.includes(kind) && !OWN.includes(kind);
  return [
    ["deadline", opening, opening], ["engagement", plain, plain && kind !== SUBMISSION],
    ["about", opening || REPLIES.includes(kind), REPLIES.includes(kind)],
  ];
}

function bodyOf(value) {
  if (Array.from(words(value, "body")).length > LONGEST) malformed("body: too long");
  return value;
}

const numberOf = (value, where) => Number(matching(value, /^[1-9][0-9]{0,8}$/, where));

/** {body, kind, content, digest, octets} of the text of an entry. */
async function readOpening(octets) {
  const held = await reading("log.opening", () => {
    const one = members(readCanonical(octets), ["body", "content", "format", "kind", "salt"]);
    oneOf(one.format, ["truezero-log-opening/1"], "format");
    CONTENTS[oneOf(one.kind, KINDS, "kind")](one.content);
    bodyOf(one.body);
    sha(one.salt, "salt");
    return one;
  });
  const { body, content, kind, salt } = held;
  return { body, kind, content, octets, digest: await sha256(canonical({ body, content, kind, salt })) };
}

/** The opening, where it is that of the entry. */
export async function opens(entry, octets, index) {
  const found = await readOpening(octets);
  if (found.body !== entry.body || found.kind !== entry.kind || found.digest !== entry.digest) throw new Fault("log.not_of_entry", { index: String(index) });
  return found;
}

export const opensWith = (opening, extra) => equal(opening.octets, extra);

const CONTENTS = {
  [OPENED](value) {
    const held = members(value, ["engagement_id", "park", "period", "scope"], ["place"]);
    for (const name of ["engagement_id", "park", "period", "scope"]) words(held[name], name);
    if (has(held, "place")) place(held.place);
  },
  [SUBMISSION]: texts("facts_sha256", "manifest_sha256"),
  "history-commit": texts("root_sha256"),
  choice(value) {
    const held = members(value, ["name", "value"]);
    matching(held.name, /^[a-z][a-z0-9_]{0,31}$/, "name");
    words(held.value, "value");
  },
  [VERDICT](value) {
    const held = members(value, ["opinion", "statement_sha256", "verdicts"]);
    oneOf(held.opinion, ["unmodified", "modified", "adverse", "disclaimer"], "opinion");
    sha(held.statement_sha256, "statement_sha256");
    if (!isObject(held.verdicts)) malformed("verdicts: no object");
    for (const [item, verdict] of Object.entries(held.verdicts)) {
      words(item, "verdicts");
      oneOf(verdict, ["met", "not_met", "undetermined", "no_limit"], "verdicts");
    }
  },
  [TERMINATED]: texts("by", "reason"), superseded: texts("by", "reason"), [WITHDRAWN]: texts("by", "reason"),
  "verifier-release": texts("name", "sha256"),
  "key-event"(value) {
    const held = members(value, ["event", "key", "reason"]);
    oneOf(held.event, ["added", "rotated", "retired", "compromised"], "event");
    words(held.key, "key");
    words(held.reason, "reason");
  },
};

function texts(...names) {
  return (value) => {
    const held = members(value, names);
    for (const name of names) (name.endsWith("sha256") ? sha : words)(held[name], name);
  };
}

function place(value) {
  const held = members(value, ["codes", "polygons", "sources"]);
  for (const code of items(held.codes, "codes")) words(code, "codes");
  if (items(held.polygons, "polygons").reduce((sum, one) => sum + corners(one), 0) > CORNERS) malformed("polygons: too many corners");
  for (const spot of items(held.sources, "sources")) position(spot, "sources");
}

function corners(value) {
  const held = members(value, ["coordinates", "type"]);
  const several = oneOf(held.type, ["Polygon", "MultiPolygon"], "polygons") === "MultiPolygon";
  const areas = several ? items(held.coordinates, "polygons") : [held.coordinates];
  const rings = areas.flatMap((area) => items(area, "polygons", 1)), all = rings.flatMap((ring) => items(ring, "polygons", 4));
  for (const one of all) position(one, "polygons");
  return all.length;
}

function position(value, where) {
  for (const number of items(value, where, 2, 2)) if (decimal(number, where).length > DIGITS) malformed(`${where}: too many digits`);
}
