// Jest's runtime, except that a worker loads packages once and compiles each of our own files once. Our own modules are still evaluated anew for every spec
// file, so that no spec finds what another one left in them.
const { compileFunction } = require('node:vm');
const { sep } = require('node:path');
const Runtime = require('jest-runtime').default;

const PACKAGES = `${sep}node_modules${sep}`;

/** By file: what was in it, and its code, which makes a new module each time it is called. */
const compiled = new Map();

const compileOnce = (source, filename, parameters) => {
  const known = compiled.get(filename);
  if (known?.source === source) return known.code;
  const code = compileFunction(source, parameters, { filename });
  compiled.set(filename, { source, code });
  return code;
};

module.exports = {
  __esModule: true,
  default: class extends Runtime {
    constructor(...args) {
      super(...args);
      const { executor } = this;
      executor.compile = (source, filename) => compileOnce(source, filename, executor.injectedModuleParameters);
    }

    requireModule(from, name, options, isRequireActual) {
      const isOurs = options?.isInternalModule || (name && this._resolution.isCoreModule(name));
      const file = isOurs ? undefined : this._resolution.resolveCjs(from, name);
      return file?.includes(PACKAGES) ? require(file) : super.requireModule(from, name, options, isRequireActual);
    }
  },
};
