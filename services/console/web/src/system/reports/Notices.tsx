import type { ReactNode } from 'react';
import { Mark, Time } from '../../marks/Mark';
import { useSpeech } from '../../words/words';
import { noticeTones, toldOf, toldTo, type Notice } from './notices';

const NoticeLine = ({ notice }: { readonly notice: Notice }): ReactNode => {
  const { say } = useSpeech();
  const { state, attempts, nextAt, endedAt, code, detail } = notice;
  const at = endedAt ?? nextAt;
  return (
    <li>
      <span className="marks">
        <Mark tone={noticeTones[state]}>{say(`system.notice.${state}`)}</Mark>
        <bdi>{toldTo(notice)}</bdi>
        {at !== undefined && <Time at={at} />}
      </span>
      {(attempts > 1 || code !== undefined) && (
        <p className="quiet">
          {attempts > 1 && say('system.notice.attempts', { count: attempts })}{' '}
          {code !== undefined && <bdi title={code}>{detail ?? code}</bdi>}
        </p>
      )}
    </li>
  );
};

/** Who was mailed or called about a run, and whether it came to them. */
export const Notices = ({ notices = [] }: { readonly notices?: readonly Notice[] | undefined }): ReactNode => {
  const { say } = useSpeech();
  if (notices.length === 0) return <span className="quiet">{say('system.notices.none')}</span>;
  return (
    <details className="notices">
      <summary>{say('system.notices.sum', { told: toldOf(notices), all: notices.length })}</summary>
      <ul>
        {notices.map((notice) => (
          <NoticeLine key={notice.to} notice={notice} />
        ))}
      </ul>
    </details>
  );
};
