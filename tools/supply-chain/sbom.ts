export interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly hashes?: readonly unknown[];
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

/** A bill of materials as CycloneDX has it, as far as we look at it. */
export interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Pick<Component, 'bom-ref' | 'name' | 'version'> };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
}

/** As the registry has it, `<name>@<version>`: `name` may be what it is called here. */
const nameOf = (component: Component): string => component['bom-ref'];

/** npm calls what it describes by the name of its folder. */
export const named = (sbom: Sbom, name: string): Sbom => ({
  ...sbom,
  metadata: { ...sbom.metadata, component: { ...sbom.metadata.component, name } },
});

/**
 * Only these packages of it, and what they need of each other. npm's own `--omit dev` leaves out whatever tools need, too, even if the program needs it itself.
 */
export const only = (sbom: Sbom, kept: ReadonlySet<string>): Sbom => {
  const components = sbom.components.filter((each) => kept.has(nameOf(each)));
  const refs = new Set([sbom.metadata.component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  const dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map((each) => ({ ...each, ...(each.dependsOn ? { dependsOn: each.dependsOn.filter((ref) => refs.has(ref)) } : {}) }));
  return { ...sbom, components, dependencies };
};

/** What would make it useless to whoever looks for a package in it: one that is missing, or that cannot be told for sure. */
export const gapsIn = ({ bomFormat, components }: Sbom, needed: ReadonlySet<string>): readonly string[] => {
  const there = new Set(components.map(nameOf));
  return [
    ...(bomFormat === 'CycloneDX' ? [] : [`it is not CycloneDX but ${bomFormat}`]),
    ...[...needed].filter((each) => !there.has(each)).map((each) => `${each} is not in it`),
    ...components.filter(({ purl, hashes = [] }) => !purl || hashes.length === 0).map(({ name }) => `${name} has no address or no hash`),
  ];
};
