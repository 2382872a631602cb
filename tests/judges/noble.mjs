// Run by Node.js: @noble/curves on commitments. Arguments: MODULES FILE. Prints what it makes of the file, as JSON.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, file] = process.argv.slice(2);
const { p256, p256_hasher } = await import(pathToFileURL(join(modules, "@noble/curves/nist.js")).href);
const { message, dst, rows, sums } = JSON.parse(readFileSync(file, "utf8"));
const H = p256_hasher.hashToCurve(new TextEncoder().encode(message), { DST: dst });
const G = p256.Point.BASE, ZERO = p256.Point.ZERO, N = p256.Point.Fn.ORDER;

function times(point, scalar) {
  const k = ((scalar % N) + N) % N;
  return k === 0n ? ZERO : point.multiply(k);
}

const committed = (value, blinding) => times(G, BigInt(value)).add(times(H, BigInt(`0x${blinding}`)));
const weighted = (parts) =>
  parts.reduce((sum, [factor, point]) => sum.add(times(p256.Point.fromHex(point), BigInt(factor))), ZERO);
console.log(
  JSON.stringify({
    h: H.toHex(true),
    rows: rows.map(({ value, blinding }) => committed(value, blinding).toHex(true)),
    sums: sums.map(({ parts, value, blinding }) => weighted(parts).equals(committed(value, blinding))),
  }),
);
