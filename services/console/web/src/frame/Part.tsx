import { useId, type ReactNode } from 'react';
import './part.css';

interface PartProps {
  readonly title: string;
  /** At the end of the title’s line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page, under its name: what is in it has its own card. */
export const Part = ({ title, aside, children }: PartProps): ReactNode => {
  const name = useId();
  return (
    <section className="part" aria-labelledby={name}>
      <div className="part-head">
        <h2 id={name}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
};
