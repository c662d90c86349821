import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { useAnnounce } from '../frame/announcing';
import { unguessable } from '../session/pkce';
import { Fault } from '../states/states';
import { useSpeech } from '../words/words';
import { ScanField, type Scanner } from './ScanField';
import { gradeOf, inHand, toGrade, type Grade, type Return } from './scanning';
import { ScanMark, Tallies } from './Tallies';
import { useReading } from './useReading';

const grades: readonly (readonly [digit: string, grade: Grade])[] = [
  ['1', 'A'],
  ['2', 'B'],
  ['3', 'C'],
  ['4', 'scrap'],
];

interface Graded {
  readonly sku: string;
  readonly grade: Grade;
}

/** A scanner does not wait for answers: units are sent one after the other, each once. */
const useGrading = ({ returnId }: Return, onGraded: (graded: Graded) => void) => {
  const { api } = useServices();
  const client = useQueryClient();
  return useMutation({
    scope: { id: `grading ${returnId}` },
    mutationFn: ({ sku, grade, key }: Graded & { readonly key: string }) =>
      bodyOf(
        api.POST('/returns/{returnId}/grade', {
          params: { path: { returnId }, header: { 'Idempotency-Key': key } },
          body: { sku, quantity: 1, grade },
        }),
      ),
    onSuccess: (_, graded) => {
      onGraded(graded);
      void client.invalidateQueries();
    },
  });
};

/** Each unit is read, then graded by a digit; where one article is left, the digit is enough. */
export const Grading = ({ rma }: { readonly rma: Return }): ReactNode => {
  const { say, name } = useSpeech();
  const announce = useAnnounce();
  const scanner = useRef<Scanner>(null);
  const [read, setRead] = useState<string>();
  const sending = useGrading(rma, ({ sku, grade }) => announce(say('queues.scan.graded', { sku, grade: name('queues.grade', grade) })));
  const tallies = toGrade(rma);
  const reading = useReading(rma.returnId, tallies, ({ sku }) => setRead(sku));
  // A grade that is typed before it is known what was read, or when nobody can say, would be of the unit before.
  const current = reading.isPending || reading.isError ? undefined : inHand(tallies, read);
  const grade = (given: Grade): void => {
    if (current) sending.mutate({ sku: current.sku, grade: given, key: unguessable() });
    scanner.current?.focus();
  };
  const take = (text: string): void => {
    const given = gradeOf(text);
    if (given) grade(given);
    else reading.mutate(text);
  };
  const isStray = read !== undefined && !inHand(tallies, read);
  return (
    <section className="queue-part queue-scan" aria-label={say('queues.scan.grade')}>
      <h3>{say('queues.scan.grade')}</h3>
      <ScanField ref={scanner} label={say('queues.scan.graded-unit')} hint={say('queues.scan.graded-unit.hint')} onRead={take} />
      <ScanMark scan={isStray ? { text: read, outcome: 'stray' } : undefined} />
      <Tallies tallies={tallies} />
      <p role="status">{current ? say('queues.scan.in-hand', { sku: current.sku }) : say('queues.scan.none-in-hand')}</p>
      <p className="queue-deeds">
        {grades.map(([digit, given]) => (
          <button key={given} type="button" className="button" disabled={!current} onClick={() => grade(given)}>
            <kbd>{digit}</kbd> {name('queues.grade', given)}
          </button>
        ))}
      </p>
      {reading.error && <Fault fault={reading.error} />}
      {sending.error && <Fault fault={sending.error} />}
    </section>
  );
};
