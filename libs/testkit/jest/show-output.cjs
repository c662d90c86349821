// The environment of e2e specs: what programs said (libs/testkit/src/process/output.ts) is shown when a test has failed, and only then.
const SharedEnvironment = require('./shared-environment.cjs');

const LINES = 60;

module.exports = class extends SharedEnvironment {
  handleTestEvent(event, state) {
    super.handleTestEvent(event, state);
    const { name, test } = event;
    if (name === 'test_fn_failure' || name === 'hook_failure') this.failed = this.failed ?? test?.name ?? 'a hook';
    if (name === 'run_finish' && this.failed) this.show();
  }

  show() {
    for (const output of this.global.cartageOutputs ?? [])
      process.stderr.write(`\n--- ${output.name} said last (the first failure: ${this.failed}) ---\n${output.last(LINES)}\n`);
  }
};
