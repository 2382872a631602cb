// The published figures worked out again from data/cells.csv with the signed ruler's own formula trees
// (verify/bundle/recompute.py, formulas.py, cell_sums.py, merged_terms.py). Exact; a figure is compared in its own decimals.
import { Fault, malformed, Malformed, refused } from "./outcome.mjs";
import { has, isObject } from "./json.mjs";
import { absolute, add, compare, decimalText, multiply, negate, ofDecimal, ONE, rational, subtract, ZERO } from "./rational.mjs";
import { evaluate, isNumber, readTree, sumsOf, textOf, undefinedAs } from "./formula.mjs";

const INDICATOR = "indicator.", MERGED = "withheld", PLACES = 6, DEEPEST = 60;
const KINDS = ["claimed", "proven", "strict"];

/** The number of a cell: plain decimal text of at most 60 signs. */
function number(text) {
  if (typeof text !== "string" || text.length > 60 || !/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text)) malformed("not plain decimal text");
  return ofDecimal(text);
}

const decimals = (text) => (text.split(".")[1] || "").length;
const half = (text) => rational(1n, 2n * 10n ** BigInt(decimals(text)));
const get = (value, name) => (isObject(value) && has(value, name) ? value[name] : malformed(`no ${name}`));

class Formulas {
  constructor(ruler, facts) {
    const text = get(ruler, "text"), method = get(text, "method");
    this.items = get(method, "items");
    this.indicators = get(text, "indicators");
    this.terms = has(method, "terms") ? method.terms : {};
    this.trees = get(ruler, "trees");
    for (const one of [this.items, this.indicators, this.terms, this.trees]) if (!isObject(one)) malformed("a ruler");
    this.chosen = new Map(facts.parameters.map((row) => [row.id, row.chosen]));
    this.read = new Map();
  }

  known(item) {
    return has(this.items, item) || (item.startsWith(INDICATOR) && has(this.indicators, item.slice(INDICATOR.length)));
  }

  tree(item) {
    if (item.startsWith(INDICATOR)) {
      const indicator = get(this.indicators, item.slice(INDICATOR.length));
      return { op: "divide", args: ["numerator", "denominator"].map((part) => ({ op: "name", name: get(indicator, part) })) };
    }
    const held = get(this.items, item);
    let formula = get(held, "formula");
    for (const [parameter, readings] of Object.entries(get(held, "when"))) {
      const reading = this.chosen.get(parameter) || "", other = isObject(readings) && has(readings, reading) ? readings[reading] : null;
      if (other !== null) {
        formula = other;
        break;
      }
    }
    if (typeof formula !== "string") malformed("a formula");
    if (!this.read.has(formula)) this.read.set(formula, readTree(get(this.trees, formula)));
    return this.read.get(formula);
  }
}

class CellSums {
  constructor(cells) {
    this.told = new Map(cells.map((row) => [row.get("sum"), row]));
    if (cells.length && !cells[0].has("sum")) malformed("cells of another shape");
    if (cells.length && [...cells[0].keys()].some((name) => name.startsWith("\ufeff"))) malformed("a mark before the first name");
    if (this.told.size !== cells.length) malformed("two rows tell the same sum");
  }

  value(node, kind) {
    const text = textOf(node), row = this.told.get(text), held = row && row.get(kind);
    return held ? number(held) : undefinedAs("missing_sum", { text });
  }

  half(node, kind) {
    const row = this.told.get(textOf(node)), stated = row ? row.get(kind) : "";
    return decimals(stated) === PLACES ? half(stated) : ZERO;
  }
}

const termOf = (item) => (item.startsWith("term.") ? item.slice(5).replace(/\.tco2$/, "") : "");

/** Terms that are published as one sum only enter a claimed figure by that sum, however it is dealt out. */
class MergedTerms {
  constructor(formulas, facts, cells) {
    this.items = new Map();
    this.half = this.sum = ZERO;
    this.dealt = new Map();
    const row = facts.terms.find((one) => one.term === MERGED);
    if (!row || row.tco2 === null) return;
    let shared = number(row.tco2), unknown = half(row.tco2);
    const shown = new Set(facts.terms.map((one) => one.term));
    for (const one of facts.items) if (one.year === facts.year) shown.add(termOf(one.item));
    const seen = new Set(shown);
    for (const item of Object.keys(formulas.items)) {
      if (!termOf(item) || shown.has(termOf(item))) continue;
      const nodes = [...sumsOf(formulas.tree(item)).values()];
      if (nodes.length !== 1 || ofTerms(nodes[0]).join() !== termOf(item)) continue;
      const value = cells.value(nodes[0], "claimed");
      if (isNumber(value)) [shared, unknown] = [subtract(shared, value), add(unknown, cells.half(nodes[0], "claimed"))];
      else this.items.set(textOf(nodes[0]), item);
      seen.add(termOf(item));
    }
    for (const item of Object.keys(formulas.items))
      for (const node of sumsOf(formulas.tree(item)).values()) {
        const value = cells.value(node, "claimed");
        if (isNumber(value) && value.n === 0n) for (const term of ofTerms(node)) seen.add(term);
      }
    if (Object.keys(formulas.terms).some((term) => !seen.has(term))) {
      this.items = new Map();
      return;
    }
    [this.sum, this.half] = [shared, unknown];
    this.deal(new Map());
  }

  get holder() {
    return this.items.size ? [...this.items.values()][0] : "";
  }

  value(text) {
    return this.dealt.get(text);
  }

  *dealings() {
    if (!this.items.size) return;
    const more = add(absolute(this.sum), ONE);
    for (const text of [...this.items.keys()].slice(1))
      for (const amount of [this.sum, more, negate(more)]) {
        this.deal(new Map([[text, amount]]));
        yield;
      }
    this.deal(new Map());
    yield;
  }

  deal(others) {
    this.dealt = new Map([...this.items.keys()].map((text) => [text, others.get(text) || ZERO]));
    const first = [...this.items.keys()][0];
    if (first !== undefined) this.dealt.set(first, subtract(this.sum, [...others.values()].reduce(add, ZERO)));
  }
}

/** The terms whose claimed tonnes a sum adds up, whole and nothing else. */
function ofTerms(node) {
  const measure = has(node.only, "measure") ? node.only.measure.join() : "carbon";
  const keys = Object.keys(node.only).filter((one) => one !== "measure").join();
  return node.column === "tco2" && !Object.keys(node.except).length && measure === "carbon" && keys === "term" ? node.only.term : [];
}

/** [{item, kind, state, published, recomputed, given}] of every published figure, in the order of the report. */
export function recompute(ruler, facts, cells) {
  try {
    const worked = new Recomputation(new Formulas(ruler, facts), facts, cells);
    return figures(facts).map((one) => worked.judged(...one));
  } catch (error) {
    if (error instanceof Malformed || error instanceof TypeError || error instanceof RangeError) throw refused("not_recomputable", "E5");
    if (error instanceof Fault) throw error;
    throw error;
  }
}

function figures(facts) {
  const found = [];
  for (const row of facts.items)
    if (row.year === facts.year) for (const kind of KINDS) if (row[kind] !== null) found.push([row.item, kind, row[kind]]);
  for (const row of facts.indicators)
    for (const [column, kind] of [["value", "claimed"], ["proven_value", "proven"]])
      if (row[column] !== null) found.push([`${INDICATOR}${row.id}`, kind, row[column]]);
  return found;
}

class Recomputation {
  constructor(formulas, facts, cells) {
    this.formulas = formulas;
    this.published = new Map(facts.items.filter((row) => row.year === facts.year).map((row) => [row.item, row]));
    this.cells = new CellSums(cells.filter((row) => row.get("year") === facts.year));
    this.merged = new MergedTerms(formulas, facts, this.cells);
    this.known = new Map();
    this.halves = new Map();
    this.shifts = new Map();
    this.open = [];
  }

  judged(item, kind, published) {
    number(published);
    const { value, rests } = this.worked(item, kind);
    let given = [...rests].filter((name) => !name.startsWith("sum(")).sort();
    const told = (state, recomputed = "") => ({ item, kind, state, published, recomputed, given });
    const merged = new Set(this.merged.items.values());
    if ([...rests].some((name) => merged.has(name)) && !this.howeverDealt(item, kind, value)) return told("not_checked");
    if (!isNumber(value)) {
      const wrong = isObject(value) && value.undefined === "division_by_zero";
      if (has(this.formulas.items, item) && !given.length && !wrong) given = [item]; // others may rest on it
      return told(wrong ? "failed" : "not_checked");
    }
    const again = decimalText(value, decimals(published));
    return told(again === published || this.within(item, kind, rests, published) ? "verified" : "failed", again);
  }

  howeverDealt(item, kind, value) {
    let alike = true;
    for (const _ of this.merged.dealings()) {
      this.known.clear();
      alike = same(this.worked(item, kind).value, value) && alike;
    }
    return alike;
  }

  /** Whether the published figure lies in what the decimals of its inputs admit. */
  within(item, kind, rests, published) {
    const rising = new Map();
    for (const name of rests) {
      if (!this.halves.has(name)) continue;
      const up = this.shifted(item, kind, new Map([[name, 1n]])), down = this.shifted(item, kind, new Map([[name, -1n]]));
      if (up === null || down === null) return false;
      rising.set(name, compare(up, down) >= 0 ? 1n : -1n);
    }
    const low = this.shifted(item, kind, new Map([...rising].map(([name, sign]) => [name, -sign])));
    const high = this.shifted(item, kind, rising);
    if (low === null || high === null) return false;
    const told = number(published), room = half(published);
    return compare(subtract(low, room), told) <= 0 && compare(told, add(high, room)) <= 0;
  }

  shifted(item, kind, shifts) {
    this.shifts = shifts;
    this.known.clear();
    const { value } = this.worked(item, kind);
    this.shifts = new Map();
    this.known.clear();
    return isNumber(value) ? value : null;
  }

  /** The value of an item inside a formula; one whose own sums are not told is taken as published. */
  item(item, kind) {
    const found = this.worked(item, kind), row = this.published.get(item), stated = row ? row[kind] : null;
    const untold = isObject(found.value) && ["missing_sum", "missing_name"].includes(found.value.undefined);
    if (!untold || !this.formulas.known(item) || stated === null) return found;
    if (stated !== "0") this.halves.set(item, half(stated)); // a bare 0 is exact
    return { value: add(number(stated), this.shift(item)), rests: new Set([item]) };
  }

  worked(item, kind) {
    const key = `${kind} ${item}`;
    if (!this.known.has(key)) {
      if (this.open.includes(item) || this.open.length >= DEEPEST) malformed("an item that rests on itself");
      this.open.push(item);
      this.known.set(key, this.evaluated(item, kind));
      this.open.pop();
    }
    return this.known.get(key);
  }

  evaluated(item, kind) {
    if (!this.formulas.known(item)) return { value: undefinedAs("missing_name", { name: item }), rests: new Set() };
    const rests = new Set();
    const taken = ({ value, rests: below }) => {
      for (const one of below) rests.add(one);
      return value;
    };
    const value = evaluate(this.formulas.tree(item), (name) => taken(this.item(name, kind)), (node) => taken(this.sum(node, kind)));
    return { value, rests };
  }

  sum(node, kind) {
    const text = textOf(node), dealt = kind === "claimed" ? this.merged.value(text) : undefined;
    if (dealt !== undefined) {
      const item = this.merged.items.get(text), holder = this.merged.holder;
      this.halves.set(holder, this.merged.half);
      return { value: item === holder ? add(dealt, this.shift(holder)) : dealt, rests: new Set([item]) };
    }
    const value = this.cells.value(node, kind);
    if (!isNumber(value) || this.cells.half(node, kind).n === 0n) return { value, rests: new Set() };
    this.halves.set(text, this.cells.half(node, kind));
    return { value: add(value, this.shift(text)), rests: new Set([text]) };
  }

  shift(name) {
    return this.shifts.has(name) ? multiply(rational(this.shifts.get(name)), this.halves.get(name) || ZERO) : ZERO;
  }
}

function same(one, other) {
  if (isNumber(one) && isNumber(other)) return compare(one, other) === 0;
  if (isObject(one) && isObject(other)) return one.undefined === other.undefined && JSON.stringify(one.args) === JSON.stringify(other.args);
  return one === other;
}
