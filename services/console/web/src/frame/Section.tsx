import { useId, type ReactNode } from 'react';

/** A card under its name. */
export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode => {
  const name = useId();
  return (
    <section className="card" aria-labelledby={name}>
      <h2 id={name}>{title}</h2>
      {children}
    </section>
  );
};
