// The third evaluator of the formula language (docs/formats/formula-semantics.md): trees to exact values, as verify/formula does
// in Python, bound to the same frozen vectors. A value is {n, d}, true, false, or {undefined: reason, args}.
import { malformed } from "./outcome.mjs";
import { has, isObject } from "./json.mjs";
import { compareText } from "./octets.mjs";
import { absolute, add, compare, divide, multiply, negate, ofDecimal, subtract, ZERO } from "./rational.mjs";

const LIMIT = { nodes: 500, depth: 40, length: 4000, digits: 40 };
const num = "number", bool = "boolean";
const op = (symbol, least, most, takes, gives, level = 0) => ({ symbol, least, most, takes, gives, level });
export const OPERATIONS = {
  or: op("or", 2, Infinity, bool, bool, 1), and: op("and", 2, Infinity, bool, bool, 2), not: op("not", 1, 1, bool, bool, 3),
  eq: op("==", 2, 2, num, bool, 4), ne: op("!=", 2, 2, num, bool, 4), lt: op("<", 2, 2, num, bool, 4), le: op("<=", 2, 2, num, bool, 4),
  gt: op(">", 2, 2, num, bool, 4), ge: op(">=", 2, 2, num, bool, 4),
  add: op("+", 2, Infinity, num, num, 5), subtract: op("-", 2, 2, num, num, 5),
  multiply: op("*", 2, Infinity, num, num, 6), divide: op("/", 2, 2, num, num, 6), negate: op("-", 1, 1, num, num, 7),
  min: op("min", 1, Infinity, num, num), max: op("max", 1, Infinity, num, num), abs: op("abs", 1, 1, num, num),
  case: op("case", 3, Infinity, "any", "any"),
};
const CHAINS = ["or", "and", "add", "multiply"], ATOM = 9;

export const undefinedAs = (reason, args = {}) => ({ undefined: reason, args });
export const isNumber = (value) => isObject(value) && typeof value.n === "bigint";

/** The value of a tree; `names` and `sums` give that of a name and of a filtered sum. */
export function evaluate(node, names, sums) {
  if (node.op === "constant") return ofDecimal(node.value);
  if (node.op === "name") return names(node.name);
  if (node.op === "sum") return sums(node);
  if (node.op === "case") return chosen(node.args, names, sums);
  if (node.op === "and" || node.op === "or") return junction(node.args, node.op === "or", names, sums);
  if (node.op === "not") {
    const truth = evaluate(node.args[0], names, sums);
    return typeof truth === "boolean" ? !truth : notOfKind(truth, bool, node.args[0]);
  }
  const numbers = [];
  for (const part of node.args) {
    const value = evaluate(part, names, sums);
    if (!isNumber(value)) return notOfKind(value, num, part);
    numbers.push(value);
  }
  if (node.op === "divide" && numbers[1].n === 0n) return undefinedAs("division_by_zero", { divisor: textOf(node.args[1]) });
  return ARITHMETIC[node.op](numbers);
}

const ARITHMETIC = {
  add: (all) => all.reduce(add), subtract: ([a, b]) => subtract(a, b), multiply: (all) => all.reduce(multiply),
  divide: ([a, b]) => divide(a, b), negate: ([a]) => negate(a), abs: ([a]) => absolute(a),
  min: (all) => all.reduce((a, b) => (compare(b, a) < 0 ? b : a)), max: (all) => all.reduce((a, b) => (compare(b, a) > 0 ? b : a)),
  eq: ([a, b]) => compare(a, b) === 0, ne: ([a, b]) => compare(a, b) !== 0, lt: ([a, b]) => compare(a, b) < 0,
  le: ([a, b]) => compare(a, b) <= 0, gt: ([a, b]) => compare(a, b) > 0, ge: ([a, b]) => compare(a, b) >= 0,
};

function chosen(parts, names, sums) {
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const truth = evaluate(parts[at], names, sums);
    if (typeof truth !== "boolean") return notOfKind(truth, bool, parts[at]);
    if (truth) return evaluate(parts[at + 1], names, sums);
  }
  return evaluate(parts[parts.length - 1], names, sums);
}

function junction(parts, decides, names, sums) {
  for (const part of parts) {
    const truth = evaluate(part, names, sums);
    if (typeof truth !== "boolean") return notOfKind(truth, bool, part);
    if (truth === decides) return decides;
  }
  return !decides;
}

function notOfKind(value, expected, part) {
  if (isObject(value) && value.undefined) return value;
  return undefinedAs("type", { expected, text: textOf(part) });
}

/** The canonical text of a tree (verify/formula/text.py). */
export const textOf = (node) => written(node)[0];

function written(node) {
  if (node.op === "constant") return [node.value, ATOM];
  if (node.op === "name") return [node.name, ATOM];
  if (node.op === "sum") return [sumText(node), ATOM];
  const entry = OPERATIONS[node.op], parts = node.args.map(written);
  if (!entry.level) return [`${entry.symbol}(${parts.map(([text]) => text).join(", ")})`, ATOM];
  const bracketed = ([text, level], least) => (level >= least ? text : `(${text})`);
  if (parts.length === 1) return [`${entry.symbol}${entry.symbol === "not" ? " " : ""}${bracketed(parts[0], entry.level)}`, entry.level];
  const first = entry.level > OPERATIONS.eq.level || CHAINS.includes(node.op) ? entry.level : entry.level + 1;
  const texts = [bracketed(parts[0], first), ...parts.slice(1).map((part) => bracketed(part, entry.level + 1))];
  return [texts.join(` ${entry.symbol} `), entry.level];
}

function sumText(node) {
  const quoted = (value) => (value.includes('"') ? `'${value}'` : `"${value}"`);
  const values = (all) => (all.length === 1 ? quoted(all[0]) : `[${all.map(quoted).join(", ")}]`);
  const filters = (held, prefix) => Object.keys(held).sort(compareText).map((column) => `${prefix}${column}=${values(held[column])}`);
  return `sum(${[node.column, ...filters(node.only, ""), ...filters(node.except, "not_")].join(", ")})`;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*$/;
const WORD = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `value` if it is a canonical tree of a figure formula; Malformed else. */
export function readTree(value) {
  const count = { nodes: 0 };
  kindOf(value, 1, count);
  if (textOf(value).length > LIMIT.length) malformed("a formula that is too long");
  return value;
}

function exactly(value, names) {
  if (!isObject(value) || Object.keys(value).sort().join() !== names.join()) malformed("no tree");
}

function kindOf(node, level, count) {
  if (level > LIMIT.depth || (count.nodes += 1) > LIMIT.nodes) malformed("a tree that is too large");
  if (!isObject(node)) malformed("no tree");
  if (node.op === "constant") {
    exactly(node, ["op", "value"]);
    const canonical = typeof node.value === "string" && /^(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?$/.test(node.value);
    if (!canonical || node.value.replace(".", "").length > LIMIT.digits) malformed("a constant");
    return num;
  }
  if (node.op === "name") {
    exactly(node, ["name", "op"]);
    const reserved = ["sum", "min", "max", "abs", "case"].includes(node.name);
    if (typeof node.name !== "string" || !NAME.test(node.name) || reserved) malformed("a name");
    return "any";
  }
  if (node.op === "sum") {
    exactly(node, ["column", "except", "only", "op"]);
    filters(node, count);
    return num;
  }
  exactly(node, ["args", "op"]);
  if (typeof node.op !== "string" || !has(OPERATIONS, node.op) || !Array.isArray(node.args)) malformed("no operation");
  const entry = OPERATIONS[node.op], size = node.args.length;
  if (size < entry.least || size > entry.most || (node.op === "case" && size % 2 === 0)) malformed("arguments");
  const kinds = node.args.map((part) => kindOf(part, level + 1, count));
  if (CHAINS.includes(node.op) && node.args[0].op === node.op) malformed("a chain that is not flat");
  if (node.op === "case") return caseKind(kinds);
  if (kinds.some((kind) => kind !== entry.takes && kind !== "any")) malformed("a part of another kind");
  return entry.gives;
}

function caseKind(kinds) {
  let found = "any";
  kinds.forEach((kind, at) => {
    const condition = at % 2 === 0 && at + 1 < kinds.length;
    if (condition && kind === num) malformed("a condition that is a number");
    if (!condition && found !== "any" && kind !== "any" && kind !== found) malformed("values of two kinds");
    if (!condition && found === "any") found = kind;
  });
  return found;
}

function filters(node, count) {
  if (typeof node.column !== "string" || !WORD.test(node.column)) malformed("a column");
  for (const side of [node.only, node.except]) {
    if (!isObject(side)) malformed("filters");
    for (const [column, values] of Object.entries(side)) {
      const texts = Array.isArray(values) && values.length && values.every((one) => typeof one === "string" && !(one.includes('"') && one.includes("'")));
      if (!WORD.test(column) || !texts) malformed("a filter");
      values.forEach((one, at) => at && compareText(values[at - 1], one) >= 0 && malformed("values out of order"));
      if ((count.nodes += 1 + values.length) > LIMIT.nodes) malformed("a tree that is too large");
    }
  }
}

/** The distinct sums of a tree, by their text. */
export function sumsOf(node, found = new Map()) {
  if (node.op === "sum") found.set(textOf(node), node);
  else for (const part of node.args || []) sumsOf(part, found);
  return found;
}

/** The filtered sum over plain rows (Map of texts and rationals), as the frozen vectors give them. */
export function sumRows(node, rows) {
  let total = ZERO, empty = false;
  const word = (row, column) => (row.get(column) === null ? "" : row.get(column));
  for (const row of rows) {
    const kept =
      Object.entries(node.only).every(([column, values]) => values.includes(word(row, column))) &&
      !Object.entries(node.except).some(([column, values]) => values.includes(word(row, column)));
    if (!kept) continue;
    const value = row.get(node.column);
    if (value === null) empty = true;
    else total = add(total, value);
  }
  return empty ? undefinedAs("null_in_sum", { column: node.column }) : total;
}
