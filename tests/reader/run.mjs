// Runs the script of verifier.html in Node: jobs on standard input, one JSON text per line; answers likewise.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";

runInThisContext(readFileSync(process.argv[2], "utf8"), { filename: "verifier.js" });
const { judge, evaluate, isNumber, readTree, sumRows, textOf, undefinedAs, rational, ofDecimal } = globalThis.truezero;
const { committed, decodePoint, encodePoint, weighted } = globalThis.truezero;
const T = globalThis.truezero;
const octets = (text) => Uint8Array.from(Buffer.from(text, "base64"));

function value(text) {
  if (text !== null && typeof text === "object") return undefinedAs(text.undefined);
  if (text === "true" || text === "false") return text === "true";
  const [n, d] = text.split("/");
  return d === undefined ? ofDecimal(text) : rational(BigInt(n), BigInt(d));
}

function written(found) {
  if (typeof found === "boolean") return String(found);
  return isNumber(found) ? `${found.n}/${found.d}` : { undefined: found.undefined };
}

const AMOUNTS = ["tco2", "tce", "quantity"]; // the number columns of the rows in the vectors

/** Does what is asked end without an error? */
async function holding(check) {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
}

const jobs = {
  async judge({ bundle, root, sha256 }) {
    const given = root !== undefined && root !== null; // a file may be empty
    const held = given || sha256 ? { file: given ? octets(root) : null, sha256: sha256 || null } : null;
    const found = await judge(octets(bundle), held);
    return {
      state: found.state,
      checks: found.checks.map((one) => [one.name, one.state, one.required, one.key]),
      recomputed: found.recomputed,
      first: found.first.map((one) => [one.key, one.args]),
      notes: found.notes.filter((one) => one.key.includes("log")).map((one) => [one.key, one.args]),
      detail: found.checks.filter((one) => one.key === "page.internal").map((one) => one.args),
    };
  },
  formula({ tree, inputs }) {
    const rows = (inputs.rows || []).map(
      (row) => new Map(Object.entries(row).map(([name, cell]) => [name, AMOUNTS.includes(name) && cell !== null ? ofDecimal(cell) : cell])),
    );
    const names = (name) => (Object.hasOwn(inputs.names, name) ? value(inputs.names[name]) : undefinedAs("missing_name"));
    return { value: written(evaluate(tree, names, (node) => sumRows(node, rows))), text: textOf(tree), canonical: jobs.tree({ tree }) };
  },
  commitments({ rows, points }) {
    const made = rows.map(({ value, blinding }) => encodePoint(committed(BigInt(value), BigInt(`0x${blinding}`))));
    const sum = weighted(rows.map(({ factor, point }) => [BigInt(factor), decodePoint(point)]));
    const read = points.map((one) => {
      try {
        return encodePoint(decodePoint(one)) === one;
      } catch {
        return false;
      }
    });
    return { made, sum: encodePoint(sum), read };
  },
  async root({ leaves, root }) {
    return Buffer.from(await T.rootOf(await Promise.all(leaves.map((one) => T.leafHash(octets(one)))))).toString("base64") === root;
  },
  inclusion: ({ leaf, index, size, path, root }) =>
    holding(() => T.verifyInclusion(octets(leaf), BigInt(index), BigInt(size), path.map(octets), octets(root))),
  consistency: ({ old, size, path, old_root, root }) =>
    holding(() => T.verifyConsistency(BigInt(old), BigInt(size), path.map(octets), octets(old_root), octets(root))),
  ed25519: ({ key, message, signature }) => T.holdsEd25519(octets(key), octets(signature), octets(message)),
  note: ({ note, log, witness }) =>
    holding(async () => {
      const held = await T.readNote(octets(note));
      await T.verifyNote(held, await T.readVkey(log));
      await T.readCheckpoint(held);
      if ((await T.cosignedAt(held, await T.readVkey(witness))) === null) throw new Error("not cosigned");
    }),
  vkey: ({ vkey }) => holding(() => T.readVkey(vkey)),
  policy: ({ policy }) => holding(() => T.readPolicy(octets(policy))),
  tree({ tree }) {
    try {
      readTree(tree);
      return true;
    } catch {
      return false;
    }
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { job, ...rest } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await jobs[job](rest))}\n`);
}
