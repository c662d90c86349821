#!/usr/bin/env node
// `npx cartage …`, wherever in the workspace it is called.
const path = require('node:path');

process.argv.splice(2, 0, 'tools/cli/cartage.ts');
require(path.join(__dirname, '..', 'run.cjs'));
