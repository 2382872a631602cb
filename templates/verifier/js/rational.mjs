// Exact rationals on BigInt: {n, d}, d above zero, in lowest terms.

function gcd(one, other) {
  let [a, b] = [one < 0n ? -one : one, other];
  while (b) [a, b] = [b, a % b];
  return a;
}

export function rational(n, d = 1n) {
  const sign = d < 0n ? -1n : 1n, shared = gcd(n, d * sign) || 1n;
  return { n: (sign * n) / shared, d: (sign * d) / shared };
}

export const ZERO = rational(0n), ONE = rational(1n);

/** The rational of plain decimal text, which the caller has looked at. */
export function ofDecimal(text) {
  const [whole, fraction = ""] = text.split(".");
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

export const add = (a, b) => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const negate = (a) => ({ n: -a.n, d: a.d });
export const subtract = (a, b) => add(a, negate(b));
export const multiply = (a, b) => rational(a.n * b.n, a.d * b.d);
export const divide = (a, b) => rational(a.n * b.d, a.d * b.n);
export const absolute = (a) => (a.n < 0n ? negate(a) : a);
export const compare = (a, b) => (a.n * b.d < b.n * a.d ? -1 : a.n * b.d > b.n * a.d ? 1 : 0);

/** Decimal text, rounded half-even and padded to `places`; never minus zero but where Python writes one. */
export function decimalText(value, places) {
  const scaled = rational(value.n * 10n ** BigInt(places), value.d);
  let whole = scaled.n / scaled.d, rest = scaled.n % scaled.d; // towards zero
  if (rest < 0n) [whole, rest] = [whole - 1n, rest + scaled.d];
  const twice = 2n * rest;
  if (twice > scaled.d || (twice === scaled.d && whole % 2n)) whole += 1n;
  const digits = (whole < 0n ? -whole : whole).toString().padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return whole < 0n ? `-${text}` : text;
}
