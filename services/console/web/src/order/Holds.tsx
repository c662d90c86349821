import type { ReactNode } from 'react';
import { HoldMark } from '../marks/Mark';
import { useSpeech } from '../words/words';
import type { Desk } from './OrderPage';
import { Section } from '../frame/Section';

/** Why an order stands still, the oldest first. */
export const Holds = ({ holds }: { readonly holds: Desk['order']['holds'] }): ReactNode => {
  const { say, since } = useSpeech();
  if (holds.length === 0) return null;
  return (
    <Section title={say('order.holds')}>
      <ul className="facts">
        {holds.map(({ holdId, type, reason, appliedAt }) => (
          <li key={holdId}>
            <HoldMark type={type} />
            {reason.detail !== undefined && <p>{reason.detail}</p>}
            <p className="quiet">{say('order.hold.since', { since: since(appliedAt), by: reason.actor ?? reason.by })}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
};
