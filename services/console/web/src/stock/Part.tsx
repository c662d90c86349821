import { useId, type ReactNode } from 'react';

interface PartProps {
  readonly title: string;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page, under its name. What is in it has its own frame. */
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
