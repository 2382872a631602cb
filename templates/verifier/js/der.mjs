// Distinguished encoding rules (ITU-T X.690 clauses 8 and 10), strictly: tags of one octet, shortest lengths, nothing left over.
import { concat, latin1 } from "./octets.mjs";
import { Fault, Malformed, malformed } from "./outcome.mjs";

export const BOOLEAN = 1, INTEGER = 2, BITS = 3, OCTETS = 4, NULL = 5, OID = 6, ENUM = 10, SEQUENCE = 0x30, SET = 0x31;
const UTC_TIME = 0x17, GENERALIZED_TIME = 0x18;

export const P256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
export const P384 = 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n;
export const P521 = 0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n;

/** The one element that `octets` is: {tag, body, raw}. */
export function element(octets) {
  const [first, rest] = take(octets);
  if (rest.length) malformed("octets behind the element");
  return first;
}

export function elements(octets) {
  const found = [];
  let rest = octets;
  while (rest.length) {
    let one;
    [one, rest] = take(rest);
    found.push(one);
  }
  return found;
}

function take(octets) {
  if (octets.length < 2) malformed("cut short");
  const tag = octets[0];
  let length = octets[1], head = 2;
  if ((tag & 0x1f) === 0x1f) malformed("tags of several octets are not used here");
  if (length & 0x80) {
    const count = length & 0x7f;
    if (count < 1 || count > 4 || octets.length < 2 + count) malformed("a length that is indefinite, too long or cut short");
    length = 0;
    for (let at = 2; at < 2 + count; at += 1) length = length * 256 + octets[at];
    head = 2 + count;
    if (length < 0x80 || octets[2] === 0) malformed("a length is longer than it needs to be");
  }
  const end = head + length;
  if (octets.length < end) malformed("cut short");
  return [{ tag, body: octets.subarray(head, end), raw: octets.subarray(0, end) }, octets.subarray(end)];
}

export function expect(one, tag) {
  if (!one || one.tag !== tag) malformed(`tag ${one ? one.tag : "none"} where ${tag} belongs`);
  return one;
}

export function children(one, tag = SEQUENCE) {
  return elements(expect(one, tag).body);
}

/** Exactly `count` elements inside. */
export function parts(one, count, tag = SEQUENCE) {
  const found = children(one, tag);
  if (found.length !== count) malformed(`${found.length} elements where ${count} belong`);
  return found;
}

export function integer(one, tag = INTEGER) {
  const body = expect(one, tag).body;
  if (!body.length) malformed("an INTEGER without octets");
  if (body.length > 1 && ((body[0] === 0 && body[1] < 0x80) || (body[0] === 0xff && body[1] >= 0x80)))
    malformed("an INTEGER is longer than it needs to be");
  let value = 0n;
  for (const octet of body) value = (value << 8n) | BigInt(octet);
  return body[0] >= 0x80 ? value - (1n << BigInt(8 * body.length)) : value;
}

export function truth(one) {
  const body = expect(one, BOOLEAN).body;
  if (body.length !== 1 || (body[0] !== 0 && body[0] !== 0xff)) malformed("a BOOLEAN that is neither");
  return body[0] === 0xff;
}

/** The octets of a BIT STRING without unused bits. */
export function wholeBits(one) {
  const body = expect(one, BITS).body;
  if (!body.length || body[0] !== 0) malformed("unused bits");
  return body.subarray(1);
}

/** The numbers of the bits that are set in a named bit list (X.690 11.2.2: without trailing zeros). */
export function namedBits(one) {
  const body = expect(one, BITS).body;
  if (!body.length || body[0] > 7 || (body.length === 1 && body[0])) malformed("bits");
  const last = body[body.length - 1];
  if (body.length > 1 && (last & ((1 << body[0]) - 1)) !== 0) malformed("unused bits that are set");
  const found = [];
  for (let at = 0; at < 8 * (body.length - 1); at += 1) if (body[1 + (at >> 3)] & (0x80 >> (at & 7))) found.push(at);
  return found;
}

export function oid(one) {
  const body = expect(one, OID).body;
  if (!body.length || body[body.length - 1] & 0x80) malformed("an OID");
  const arcs = [];
  let arc = 0n, begun = false;
  for (const octet of body) {
    if (!begun && octet === 0x80) malformed("an OID");
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    begun = (octet & 0x80) !== 0;
    if (!begun) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const first = arcs[0] < 40n ? 0n : arcs[0] < 80n ? 1n : 2n;
  return [first, arcs[0] - 40n * first, ...arcs.slice(1)].join(".");
}

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime in whole seconds (RFC 5280 4.1.2.5). */
export function time(one) {
  const held = latin1(one.body), utc = one.tag === UTC_TIME;
  if (!utc) expect(one, GENERALIZED_TIME);
  const match = (utc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(held);
  if (!match) malformed("a moment");
  const year = utc ? Number(match[1]) + (Number(match[1]) < 50 ? 2000 : 1900) : Number(match[1]);
  return instant([year, ...match.slice(2).map(Number)]);
}

/** genTime of a token (RFC 3161 2.4.2): whole seconds and, behind them, microseconds; as a number of microseconds (BigInt). */
export function generalizedTime(one) {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,5}[1-9]))?Z$/.exec(latin1(expect(one, GENERALIZED_TIME).body));
  if (!match) malformed("genTime is not in its form");
  return BigInt(instant(match.slice(1, 7).map(Number))) * 1000n + BigInt((match[7] || "").padEnd(6, "0"));
}

export function instant([year, month, day, hour, minute, second]) {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hour, minute, second);
  const again = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()];
  if (year < 1 || again.join() !== [year, month, day, hour, minute, second].join()) malformed("no such moment");
  return at.getTime();
}

export function encode(tag, ...inner) {
  const body = concat(...inner);
  if (body.length < 0x80) return concat(Uint8Array.of(tag, body.length), body);
  const octets = [];
  for (let rest = body.length; rest; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return concat(Uint8Array.of(tag, 0x80 | octets.length, ...octets), body);
}

/** r and s of a strict DER signature under a curve of this order (attestation E2, V4). */
export function signatureIntegers(signature, order = P256) {
  try {
    const [r, s] = parts(element(signature), 2).map((one) => integer(one));
    if (r <= 0n || s <= 0n || r >= order || s >= order) malformed("r or s is out of range");
    return [r, s];
  } catch (error) {
    if (error instanceof Malformed) throw new Fault("attest.signature_encoding", { detail: error.message });
    throw error;
  }
}

/** r‖s, each padded to the width of the order: what WebCrypto takes. */
export function fixedForm(signature, order) {
  const width = Math.ceil(order.toString(2).length / 8);
  const held = signatureIntegers(signature, order).map((one) => one.toString(16).padStart(2 * width, "0")).join("");
  return Uint8Array.from(held.match(/../g), (one) => parseInt(one, 16));
}
