// Checks and what comes of them: verified, failed or not_checked, each with a reason that has a name (attestation V3).
// The same names, order and reasons as verify/attest/outcome.py.

/** Something that does not hold; `key` is a message of the catalogue. */
export class Fault extends Error {
  constructor(key, args = {}) {
    super(key);
    this.key = key;
    this.args = args;
  }
}

/** Something that cannot be judged here: not shown to be wrong, and never taken for verified. */
export class NotChecked extends Fault {}

/** A container, member or list that breaks a rule of attestation section 10. */
export function refused(key, rule, args = {}) {
  return new Fault(`bundle.${key}`, { member: "", ...args, rule });
}

/** A wrong shape inside something that is read; whoever reads it says which check that fails. */
export class Malformed extends Error {}

export function malformed(text) {
  throw new Malformed(text);
}

/** The value of `make`; a Malformed becomes the fault `key` with its text as `detail`. */
export async function reading(key, make) {
  try {
    return await make();
  } catch (error) {
    if (error instanceof Malformed) throw new Fault(key, { detail: error.message });
    throw error;
  }
}

export class Record {
  constructor() {
    this.checks = [];
  }

  add(name, state, key = null, args = {}, required = true) {
    this.checks.push({ name, state, key, args, required });
  }

  /** The value of a check that holds, or null. Anything but a Fault is our own error: it leaves the check unmade. */
  async run(name, check, required = true) {
    let value;
    try {
      value = await check();
    } catch (error) {
      const fault = error instanceof Fault ? error : new NotChecked("page.internal", { detail: String(error) });
      this.add(name, fault instanceof NotChecked ? "not_checked" : "failed", fault.key, fault.args, required);
      return null;
    }
    this.add(name, "verified", null, {}, required);
    return value === undefined ? true : value;
  }

  skip(name, key, args = {}, required = true) {
    this.add(name, "not_checked", key, args, required);
  }

  note(key, args = {}) {
    Object.assign(this.checks[this.checks.length - 1], { key, args });
  }

  /** The check `name`: verified where there is no fault, else failed once for each of them. */
  each(name, faults) {
    for (const one of faults) this.add(name, "failed", one.key, one.args);
    if (!faults.length) this.add(name, "verified");
  }
}

/** Verified only if every required check ran and verified; one failure fails the whole. */
export function overall(checks) {
  if (checks.some((one) => one.state === "failed")) return "failed";
  const held = checks.filter((one) => one.required);
  return held.length && held.every((one) => one.state === "verified") ? "verified" : "not_checked";
}
