// Further signatories (ADR 0017; verify/attest/further.py). No browser verifies SM2: whatever needs it is not checked, and says so.
import { Fault, NotChecked } from "./outcome.mjs";
import { element, parts, integer } from "./der.mjs";
import { ECDSA } from "./keys.mjs";
import { nameText, sameName } from "./x509.mjs";
import { furtherChain, subjectOf } from "./path.mjs";
import { within } from "./root.mjs";
import { FURTHER } from "./statement.mjs";

const SM2 = "sm2", WITH_SM3 = "1.2.156.10197.1.501", MOST = 16, LONGEST = 5;
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const STEPS = ["signature", "time", "chain", "revocation", "time_revocation"];

export class Further {
  constructor(record, support, envelope, use) {
    Object.assign(this, { record, support, envelope, use, times: new Map(), reasons: [] });
  }

  /** Checks signature, time, chain, revocation and time_revocation of one signatory, none of them required. */
  async signatory(name, listed) {
    const certificate = this.support.material.further.find((one) => one.spki === listed.spki) || null;
    const before = this.record.checks.length;
    const at = await this.judge(name, listed, certificate);
    const admitted = (one) => one.name.startsWith("time_revocation.") && one.key === "attest.time_no_list";
    const wrong = this.record.checks.slice(before).find((one) => one.state !== "verified" && !admitted(one)) || null;
    if (certificate && certificate.key.kind === "sm2") this.reasons.push(wrong);
    if (!wrong && at !== null) this.times.set(name, at);
  }

  /** Check further.<algorithm> of each that the ruler requires. */
  async required(algorithms) {
    for (const algorithm of algorithms) {
      const name = `further.${algorithm}`;
      if (algorithm !== SM2) this.record.skip(name, "attest.further_unknown", { algorithm });
      else if (!this.reasons.length) this.record.add(name, "failed", "attest.further_missing", { algorithm });
      else if (this.reasons.includes(null)) this.record.add(name, "verified");
      else this.because(name, this.reasons[0], true);
    }
  }

  async judge(name, listed, certificate) {
    const { support } = this;
    const held = this.envelope.signatures.filter((one) => one.keyid === listed.spki).map((one) => one.sig);
    await this.run("signature", name, () => this.signature(listed, certificate, held));
    if (!certificate || this.last().state === "failed") {
      support.notMade(name, STEPS.slice(1), false);
      return null;
    }
    const stamp = await this.run("time", name, () => support.stamp(name, held[0]));
    if (!stamp) {
      support.notMade(name, STEPS.slice(2), false);
      return null;
    }
    const chain = await this.run("chain", name, () => this.chain(certificate, stamp.at));
    const lists = [...support.material.lists, ...support.material.furtherLists];
    if (chain) await support.standing(`revocation.${name}`, chain, lists, stamp.at, false);
    else this.because(`revocation.${name}`, this.last(), false);
    await support.clock(name, stamp, false);
    return stamp.at;
  }

  last() {
    return this.record.checks[this.record.checks.length - 1];
  }

  async signature(listed, certificate, held) {
    if (!certificate) throw new Fault("attest.certificate_missing", { role: listed.role });
    if (held.length !== 1) throw new Fault("attest.signature_missing", { role: listed.role });
    if (certificate.key.kind === "ec") throw new Fault("attest.key_type", { wanted: "SM2" });
    if (certificate.key.kind !== "sm2") throw new NotChecked("attest.algorithm_unknown", { role: listed.role });
    try {
      const [r, s] = parts(element(held[0]), 2).map((one) => integer(one));
      if (r <= 0n || s <= 0n || r >= ORDER || s >= ORDER) throw new Error("r or s is out of range");
    } catch (error) {
      throw new Fault("attest.signature_encoding", { detail: error.message });
    }
    throw new NotChecked("page.sm2");
  }

  async chain(leaf, at) {
    const { material, usedFurther, anchors } = this.support;
    const pool = [...material.certificates, ...material.further], roots = anchors.people.map((one) => one.certificate);
    const paths = byNames(leaf, pool, roots), national = (path) => path.some((one) => one.algorithm === WITH_SM3);
    if (paths[0].some((one) => one.algorithm !== WITH_SM3 && !ECDSA[one.algorithm])) {
      usedFurther.chain(paths[0]);
      throw new NotChecked("attest.algorithm_unknown", { role: FURTHER });
    }
    if (paths.every(national)) {
      usedFurther.chain(paths[0]);
      const last = paths[0][paths[0].length - 1];
      if (!roots.some((one) => one.id === last.id)) {
        if (!roots.some((one) => one.key.kind === "sm2")) throw new NotChecked("attest.further_no_anchor", { issuer: nameText(last.issuer) });
        throw new Fault("attest.chain_refused", { subject: subjectOf(leaf), detail: "no anchor of this name" });
      }
      throw new NotChecked("page.sm2");
    }
    const chain = await furtherChain(leaf, pool, roots, this.use, at);
    within(anchors.people, chain[chain.length - 1], at, subjectOf(chain[chain.length - 1]));
    usedFurther.chain(chain);
    return chain;
  }

  because(name, reason, required) {
    if (!reason || !reason.key || reason.state === "failed") this.record.skip(name, "attest.rests_on_failed", {}, required);
    else this.record.skip(name, reason.key, reason.args, required);
  }

  run(step, name, check) {
    return this.record.run(`${step}.${name}`, check, false);
  }
}

/** The paths from the leaf to an anchor as far as names tell, shortest first; where there is none, the longest. */
function byNames(leaf, pool, anchors) {
  const complete = [], begun = [[leaf]];
  let longest = [leaf];
  const may = (issuer, one) => sameName(issuer.subject, one.issuer) && (issuer.key.kind === "sm2") === (one.algorithm === WITH_SM3);
  const among = (all, one) => all.some((held) => held.id === one.id);
  while (begun.length && complete.length < MOST) {
    const path = begun.shift(), last = path[path.length - 1];
    longest = path;
    for (const anchor of anchors) if (may(anchor, last)) complete.push([...path, anchor]);
    if (path.length < LONGEST - 1) {
      const issuers = pool.filter((one) => may(one, last) && !among(path, one) && !among(anchors, one));
      for (const one of issuers.slice(0, Math.max(0, MOST - begun.length))) begun.push([...path, one]);
    }
  }
  return complete.length ? complete.slice(0, MOST) : [longest];
}
