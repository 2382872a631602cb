// NIST P-256 on BigInt (verify/attest/commit/curve.py): points {x, y} or null for the neutral element. For what everybody may see.
import { malformed } from "./outcome.mjs";

const P = (1n << 256n) - (1n << 224n) + (1n << 192n) + (1n << 96n) - 1n;
export const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
export const G = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};
const NEUTRAL = { x: 1n, y: 1n, z: 0n };

const mod = (value) => {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
};

function power(base, exponent) {
  let found = 1n, square = base;
  for (let left = exponent; left; left >>= 1n) {
    if (left & 1n) found = (found * square) % P;
    square = (square * square) % P;
  }
  return found;
}

/** The point of 33 octets in lower-case hexadecimal; Malformed for anything else than the one encoding of a point. */
export function decodePoint(text) {
  if (typeof text !== "string" || !/^0[23][0-9a-f]{64}$/.test(text)) malformed("no compressed point");
  const x = BigInt(`0x${text.slice(2)}`), odd = text[1] === "3";
  const square = mod((x * x - 3n) * x + B), y = power(square, (P + 1n) >> 2n);
  if (x >= P || mod(y * y) !== square) malformed("no point of the curve");
  return { x, y: (y & 1n) === (odd ? 1n : 0n) ? y : P - y };
}

export const encodePoint = ({ x, y }) => `${y & 1n ? "03" : "02"}${x.toString(16).padStart(64, "0")}`;
export const same = (one, other) => (one === null || other === null ? one === other : one.x === other.x && one.y === other.y);
const negative = (point) => (point === null ? null : { x: point.x, y: P - point.y });

/** The sum of all points. */
export function added(points) {
  let found = NEUTRAL;
  for (const one of points) if (one !== null) found = sum(found, { ...one, z: 1n });
  return affine(found);
}

/** scalar x point, for any integer. */
export function multiple(scalar, point) {
  let left = scalar % N;
  if (left < 0n) left += N;
  if (point === null || !left) return null;
  let found = NEUTRAL;
  for (const bit of left.toString(2)) {
    found = doubled(found);
    if (bit === "1") found = sum(found, { ...point, z: 1n });
  }
  return affine(found);
}

/** The sum of scalar x point over the pairs. */
export const weighted = (pairs) =>
  added(pairs.map(([scalar, point]) => (scalar < 0n ? negative(multiple(-scalar, point)) : multiple(scalar, point))));

function affine({ x, y, z }) {
  if (!z) return null;
  const inverse = power(z, P - 2n), square = (inverse * inverse) % P;
  return { x: (x * square) % P, y: (((y * square) % P) * inverse) % P };
}

function doubled({ x, y, z }) {
  if (!z) return NEUTRAL;
  const delta = mod(z * z), gamma = mod(y * y), beta = mod(x * gamma), alpha = mod(3n * (x - delta) * (x + delta));
  const third = mod(alpha * alpha - 8n * beta);
  return { x: third, y: mod(alpha * (4n * beta - third) - 8n * gamma * gamma), z: mod(2n * y * z) };
}

function sum(one, other) {
  if (!one.z) return other;
  if (!other.z) return one;
  const s1 = mod(one.z * one.z), s2 = mod(other.z * other.z);
  const u1 = mod(one.x * s2), t1 = mod(one.y * s2 * other.z);
  const h = mod(other.x * s1 - u1), r = mod(other.y * s1 * one.z - t1);
  if (!h) return r ? NEUTRAL : doubled(one);
  const hh = mod(h * h), hhh = mod(h * hh), v = mod(u1 * hh), x = mod(r * r - hhh - 2n * v);
  return { x, y: mod(r * (v - x) - t1 * hhh), z: mod(one.z * other.z * h) };
}
