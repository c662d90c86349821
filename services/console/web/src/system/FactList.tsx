import type { ReactNode } from 'react';

/** A name and what it is; what is nothing is left out. */
export type NamedFact = readonly [name: string, fact: ReactNode];

const isThere = ([, fact]: NamedFact): boolean => fact !== null && fact !== undefined && fact !== false && fact !== '';

export const FactList = ({ facts }: { readonly facts: readonly NamedFact[] }): ReactNode => (
  <dl className="system-facts">
    {facts.filter(isThere).map(([name, fact]) => (
      <div key={name} className="system-fact">
        <dt>{name}</dt>
        <dd>{fact}</dd>
      </div>
    ))}
  </dl>
);
