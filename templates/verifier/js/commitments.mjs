// Commitments to rows that stay back: are they the signed ones, do the published totals come out of them
// (verify/bundle/committed.py, verify/attest/commit).
import { concat, digest, hex } from "./octets.mjs";
import { Fault, Malformed, malformed } from "./outcome.mjs";
import { has, isObject, readCanonical } from "./json.mjs";
import { absolute, compare, ofDecimal } from "./rational.mjs";
import { decimal, items, matching, members, oneOf, words } from "./shape.mjs";
import { G, N, added, decodePoint, multiple, same, weighted } from "./curve.mjs";

export const ROWS = "commitments.jsonl", TOTALS = "commitments.totals.json";
const FORMAT = "truezero-commitment-totals/1", SUM = "sum", ONE = 10n ** 12n, UNIT = 10n ** 18n;
// hash_to_curve of docs/formats/commitments.md; tests/reader holds it against the program's
const H = "02c1272c90387fe7ca9ce087379815c3368649e203f26ee9dd64418ca4b50b4d02";

/** value·G + blinding·H. */
export const committed = (value, blinding) => weighted([[value, G], [blinding, decodePoint(H)]]);

/** The rows under the signed root and the totals that come out of them; a Fault for whatever does not hold. */
export async function checkCommitments(files, signed, facts, cells) {
  for (const name of [ROWS, TOTALS]) if (!files.has(name)) throw new Fault("bundle.member_missing", { member: name });
  if (signed === null) throw new Fault("bundle.commitments_unsigned", { member: ROWS });
  const lines = linesOf(files.get(ROWS)), root = hex(await rootOf(lines.whole));
  if (root !== signed.root) throw new Fault("bundle.commitments_root", { signed: signed.root, found: root });
  const rows = readRows(lines);
  if (String(rows.length) !== signed.rows) throw new Fault("bundle.commitments_count", { signed: signed.rows, found: String(rows.length) });
  const totals = named("attest.commitment_totals", {}, () => readTotals(readCanonical(files.get(TOTALS)), rows.length));
  const published = publishedOf(facts, cells), factors = factorsOf(facts);
  for (const total of totals) {
    const item = { item: total.name, value: total.value };
    if (published.get(JSON.stringify([total.kind, total.name])) !== total.value) throw new Fault("bundle.commitments_value", item);
    for (const term of total.terms) {
      for (const at of term.rows) {
        const known = factors.get(rows[at].factor) || [], own = { n: term.factor, d: ONE };
        if (term.factor === ONE || term.factor === -ONE || known.some((one) => compare(one, absolute(own)) === 0)) continue;
        throw new Fault("bundle.commitments_factor", { item: total.name, factor: rows[at].factor });
      }
    }
    if (!opens(total, rows)) throw new Fault("bundle.commitments_total", item);
  }
  return { rows: String(rows.length), totals: String(totals.length) };
}

function opens(total, rows) {
  const { n, d } = ofDecimal(total.value);
  if ((n * UNIT) % d) return false;
  const parts = total.terms.map((term) => multiple(term.factor, added(term.rows.map((at) => rows[at].point))));
  return same(added([...parts, total.rounding]), committed((n * UNIT) / d, total.blinding));
}

function linesOf(octets) {
  const whole = [];
  let from = 0;
  for (let at = octets.indexOf(10); at >= 0; at = octets.indexOf(10, from)) {
    whole.push(octets.subarray(from, at));
    from = at + 1;
  }
  return { whole, open: from < octets.length };
}

/** RFC 6962 2.1. */
async function rootOf(lines) {
  let level = await Promise.all(lines.map((line) => digest("SHA-256", concat(Uint8Array.of(0), line))));
  if (!level.length) return digest("SHA-256", new Uint8Array(0));
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at < level.length; at += 2) {
      above.push(at + 1 < level.length ? digest("SHA-256", concat(Uint8Array.of(1), level[at], level[at + 1])) : level[at]);
    }
    level = await Promise.all(above);
  }
  return level[0];
}

function readRows({ whole, open }) {
  if (open) throw new Fault("attest.commitment_row", { line: String(whole.length + 1), detail: "no line feed" });
  const names = new Set();
  return whole.map((line, at) =>
    named("attest.commitment_row", { line: String(at + 1) }, () => {
      const held = members(readCanonical(line), ["commitment", "digests", "factor_id", "period", "row", "unit"]);
      const digests = items(held.digests, "digests").map((one) => matching(one, /^[A-Za-z0-9_-]{43}$/, "digests"));
      if (digests.some((one, index) => index && digests[index - 1] >= one)) malformed("digests: not sorted digests");
      matching(held.row, /^[0-9a-f]{32}$/, "row");
      words(held.period, "period");
      words(held.unit, "unit");
      const point = decodePoint(held.commitment), factor = words(held.factor_id, "factor_id");
      if (names.has(held.row)) malformed("a row twice");
      names.add(held.row);
      return { point, factor };
    }),
  );
}

function readTotals(value, count) {
  const held = members(value, ["format", "totals"]);
  oneOf(held.format, [FORMAT], "format");
  const keys = [], found = [];
  for (const one of items(held.totals, "totals")) {
    members(one, ["blinding", "kind", "name", "rounding", "terms", "value"]);
    const terms = items(one.terms, "terms").map((term) => readTerm(term, count)), rows = terms.flatMap((term) => term.rows);
    if (new Set(rows).size !== rows.length) malformed("terms: a row twice");
    const blinding = BigInt(`0x${matching(one.blinding, /^[0-9a-f]{64}$/, "blinding")}`);
    if (blinding >= N) malformed("blinding: no scalar");
    const rounding = one.rounding === null ? null : decodePoint(one.rounding);
    found.push({ kind: oneOf(one.kind, ["item", SUM], "kind"), name: words(one.name, "name"), value: decimal(one.value, "value"), blinding, rounding, terms });
    keys.push([...one.kind, "\u0000", ...one.name].map((letter) => letter.codePointAt(0).toString(16).padStart(6, "0")).join(""));
  }
  if (keys.some((key, at) => at && keys[at - 1] >= key)) malformed("totals: one stands twice, or out of order");
  return found;
}

function readTerm(value, count) {
  const held = members(value, ["factor", "rows"]), { n, d } = ofDecimal(decimal(held.factor, "factor"));
  if ((n * ONE) % d || !n) malformed("factor: not of twelve decimals, or nothing");
  const rows = items(held.rows, "rows", 1).flatMap((span) => {
    const [first, last] = matching(span, /^(?:0|[1-9][0-9]{0,7})-(?:0|[1-9][0-9]{0,7})$/, "rows").split("-").map(Number);
    if (first > last || last >= count) malformed("rows: no rows of this bundle");
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
  return { factor: (n * ONE) / d, rows };
}

/** The claimed figures of the reporting year, items and sums. */
function publishedOf(facts, cells) {
  const found = new Map();
  for (const row of facts.items) if (row.year === facts.year) found.set(JSON.stringify(["item", row.item]), row.claimed);
  for (const row of cells) if (row.get("year") === facts.year && row.has(SUM)) found.set(JSON.stringify([SUM, row.get(SUM)]), row.get("claimed"));
  return found;
}

/** Factor id to the values that the report publishes for it. */
function factorsOf(facts) {
  const found = new Map();
  for (const row of has(facts, "factors") && Array.isArray(facts.factors) ? facts.factors : []) {
    if (!isObject(row) || typeof row.id !== "string" || typeof row.value !== "string" || !/^-?\d+(?:\.\d+)?$/.test(row.value)) continue;
    found.set(row.id, [...(found.get(row.id) || []), absolute(ofDecimal(row.value))]);
  }
  return found;
}

function named(key, args, make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof Malformed) throw new Fault(key, { ...args, detail: error.message });
    throw error;
  }
}
