// The environment of every spec: Node's own globals rather than a copy of them in a context of their own, so that packages, which the runtime beside it
// loads once for a whole worker, and a spec's own code agree on what an Error or a Date is. What a spec leaves behind is taken away after it.
const { ModuleMocker } = require('jest-mock');

/** What belongs to one spec file: Jest's own, the outputs of programs (show-output.cjs), and where packages collect the classes that were decorated. */
const OF_ONE_FILE =
  /^(JEST_STATE|EVENT_HANDLERS|RETRY_|TEST_TIMEOUT|LOG_ERRORS|WAIT_BEFORE|cartageOutputs|classValidatorMetadataStorage|typeormMetadataArgsStorage)/;
const nameOf = (key) => (typeof key === 'symbol' ? (key.description ?? '') : key);

const forgetWhatWasAdded = () => {
  for (const key of Reflect.ownKeys(globalThis)) if (OF_ONE_FILE.test(nameOf(key))) Reflect.deleteProperty(globalThis, key);
};

/** Jest replaces some properties for each file, and a spec may. */
const keepValues = (object) => {
  const before = Object.entries(Object.getOwnPropertyDescriptors(object)).filter(
    ([, { configurable, value }]) => configurable && value !== undefined,
  );
  return () => {
    for (const [key, was] of before) if (object[key] !== was.value) Object.defineProperty(object, key, was);
  };
};

const keepVariables = () => {
  const before = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  };
};

/**
 * Limits of time stand in specs for a machine that does nothing else. They are there to say that something hangs, and never to measure: on a busy machine
 * everything may take a multiple of it. As `eventually` of the test kit.
 */
const PATIENCE = 4;

module.exports = class {
  constructor() {
    this.global = globalThis;
    this.patient = new WeakSet();
    this.moduleMocker = new ModuleMocker(globalThis);
    // No spec patches the clock.
    this.fakeTimers = null;
    this.fakeTimersModern = null;
    this.putBack = [forgetWhatWasAdded, keepValues(globalThis), keepValues(process), keepVariables()];
  }

  async setup() {}

  handleTestEvent({ name, test, hook }, state) {
    if (name === 'test_fn_start') this.bePatient(test, state);
    if (name === 'hook_start') this.bePatient(hook, state);
  }

  bePatient(work, { testTimeout }) {
    if (this.patient.has(work)) return;
    this.patient.add(work);
    work.timeout = PATIENCE * (work.timeout ?? testTimeout);
  }

  async teardown() {
    for (const put of this.putBack) put();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Only says that it is alive: the runtime compiles for the context that all share. */
  getVmContext() {
    return globalThis;
  }
};
