// Words of the catalogues in the reader's language, and values as a person reads them. Nothing here makes markup.
import { isObject } from "./json.mjs";
import { DATA } from "./data.mjs";

const SUBJECTS = ["authority", "issuer", "subject", "same", "what"];

export class Words {
  constructor(language, facts = null, ruler = null) {
    Object.assign(this, { language, facts, ruler, held: DATA.words[language] });
  }

  has(key) {
    return Object.hasOwn(this.held, key);
  }

  say(key, args = {}) {
    if (!this.has(key)) return key;
    return this.held[key].replace(/\{(\w+)\}/g, (_, name) => visible(args[name] === undefined || args[name] === null ? "" : args[name]));
  }

  /** What a check is called: signature.lead is the signature of the lead verifier. */
  title(name) {
    const [base, ...rest] = name.split(".");
    const key = this.has(`bundle.check.${base}`) ? `bundle.check.${base}` : `attest.check.${base}`;
    return rest.length ? this.say("bundle.of_whom", { check: this.say(key), who: this.role(rest.join(".")) }) : this.say(key);
  }

  role(name) {
    const [own, key] = name.split(".");
    const word = this.has(`attest.role.${own}`) ? this.say(`attest.role.${own}`) : visible(name);
    return key ? `${word} ${visible(key).slice(0, 8)}` : word;
  }

  /** Why a check did not hold, or what there is to note. */
  reason(one) {
    if (!one.key) return "";
    const args = Object.fromEntries(Object.entries(one.args || {}).map(([name, value]) => [name, this.word(name, value)]));
    return this.say(one.key, Object.hasOwn(one.args || {}, "field") ? { ...args, ...this.field(one.args) } : args);
  }

  word(name, value) {
    if (typeof value === "bigint") return moment(value);
    if (name === "role") return this.role(String(value));
    if (SUBJECTS.includes(name)) return this.person(String(value));
    if (name === "item") return this.item(String(value));
    if (name === "reason" && this.has(`bundle.revocation.${value}`)) return this.say(`bundle.revocation.${value}`);
    return value;
  }

  field({ field, item, signed, found }) {
    const kind = field === "headline" ? item : field;
    const of = (value) => this.coded(kind, value);
    const told = field === "headline" ? this.say(`bundle.label.${item}`) : item ? this.item(item) : "";
    return { field: this.say(`bundle.field.${field}`, { item: told }), signed: of(signed), found: of(found) };
  }

  coded(kind, value) {
    for (const key of [`report.${kind}.${value}`, `bundle.said.${kind}.${value}`]) if (this.has(key)) return this.say(key);
    return value;
  }

  /** The common name of a subject in RFC 4514, with the organisation. */
  person(subject) {
    const part = (name) => (new RegExp(`(?:^|,)${name}=((?:\\\\.|[^,\\\\])*)`).exec(subject) || [])[1];
    const plain = (text) => text.replace(/\\(.)/g, "$1");
    const common = part("CN"), body = part("O");
    if (!common) return subject;
    return body ? this.say("bundle.named", { name: plain(common), more: plain(body) }) : plain(common);
  }

  /** What people call an item: by the report's titles, by the signed ruler's, else its id. */
  item(item) {
    const own = (held) => (isObject(held) && typeof held[this.language] === "string" ? held[this.language] : null);
    const { facts, ruler } = this;
    if (facts) {
      const indicator = facts.indicators.find((row) => `indicator.${row.id}` === item);
      if (indicator) return own(indicator.title) || item;
      const term = facts.terms.find((row) => `term.${row.term}.tco2` === item);
      if (term && own(term.title)) return own(term.title);
    }
    if (this.has(`report.item.${item}`)) return this.say(`report.item.${item}`);
    const items = ruler && isObject(ruler.text) && isObject(ruler.text.method) ? ruler.text.method.items : null;
    return (isObject(items) && Object.hasOwn(items, item) && isObject(items[item]) && own(items[item].title)) || item;
  }
}

/** A text of the bundle with every control and every mark of direction written out. */
export function visible(value) {
  return String(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `\\u${one.codePointAt(0).toString(16).padStart(4, "0")}`);
}

/** Microseconds since 1970 as a moment of UTC. */
export function moment(micro) {
  return `${new Date(Number(micro / 1000n)).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
