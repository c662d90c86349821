import { useMemo, useState, type ReactNode } from 'react';
import type { Schemas } from '../../api/client';
import { Time } from '../../marks/Mark';
import { Shown } from '../../states/states';
import { eventName } from '../../words/languages';
import { useSpeech } from '../../words/words';
import { Section } from '../../frame/Section';
import { kinOf, lanesOf, type Lanes, type Placed } from './lanes';
import { useCauses } from './useCauses';
import './causes.css';

/** As high as a row of the list beside it: `--cause-row` in causes.css. */
const ROW = 40;
const LANE = 18;
const middle = (row: number): number => row * ROW + ROW / 2;
const across = (lane: number): number => lane * LANE + LANE / 2;

const curve = (from: Placed, to: Placed): string => {
  const [x0, y0, x1, y1] = [across(from.lane), middle(from.row), across(to.lane), middle(to.row)];
  return `M${x0} ${y0}C${x0} ${y0 + ROW * 0.7} ${x1} ${y1 - ROW * 0.7} ${x1} ${y1}`;
};

/** The lines between events; what they say is said in words beside it. */
const Drawing = ({
  lanes: { services, placed },
  kin,
}: {
  readonly lanes: Lanes;
  readonly kin: ReadonlySet<number> | undefined;
}): ReactNode => {
  const isFar = (row: number): boolean => kin !== undefined && !kin.has(row);
  return (
    <svg className="lanes" width={services.length * LANE} height={placed.length * ROW} aria-hidden="true">
      {placed.flatMap((to) =>
        to.causes.map((cause) => {
          const from = placed[cause];
          return from && <path key={`${cause} ${to.row}`} className={isFar(to.row) || isFar(cause) ? 'far' : ''} d={curve(from, to)} />;
        }),
      )}
      {placed.map(({ row, lane }) => (
        <circle key={row} className={`lane-${lane % 8}${isFar(row) ? ' far' : ''}`} cx={across(lane)} cy={middle(row)} r={4.5} />
      ))}
    </svg>
  );
};

const EventRow = ({ placed: { event, causes }, lanes }: { readonly placed: Placed; readonly lanes: Lanes }): ReactNode => {
  const { say } = useSpeech();
  const from = causes.flatMap((row) => lanes.placed[row]?.event ?? []);
  return (
    <>
      <strong>{eventName(event.type)}</strong>
      <span className="quiet">
        {event.service} · <Time at={event.recordedAt} /> · <bdi>{event.actor}</bdi>
        {from.length > 0 && <span className="unseen">{say('causes.because', { events: from.map(({ type }) => type).join(', ') })}</span>}
      </span>
    </>
  );
};

const Graph = ({ graph }: { readonly graph: Schemas['CausalGraph'] }): ReactNode => {
  const { say } = useSpeech();
  const lanes = useMemo(() => lanesOf(graph), [graph]);
  const [chosen, choose] = useState<number>();
  const kin = chosen === undefined ? undefined : kinOf(lanes, chosen);
  return (
    <>
      <p className="quiet causes-hint">{say('causes.hint')}</p>
      {graph.missing.length > 0 && <p className="quiet causes-hint">{say('causes.missing', { services: graph.missing.join(', ') })}</p>}
      <div className="causes" tabIndex={0} role="group" aria-label={say('causes')}>
        <Drawing lanes={lanes} kin={kin} />
        <ol>
          {lanes.placed.map((placed) => (
            <li key={placed.event.eventId} className={kin && !kin.has(placed.row) ? 'far' : undefined}>
              <button
                type="button"
                aria-pressed={chosen === placed.row}
                onClick={() => choose((before) => (before === placed.row ? undefined : placed.row))}
              >
                <EventRow placed={placed} lanes={lanes} />
              </button>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
};

/** What led to what, over all services; asked for when somebody wants to know. */
export const Causes = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { say } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const graph = useCauses(orderId, isOpen);
  return (
    <Section title={say('causes')}>
      {isOpen ? (
        <Shown of={graph}>{(found) => <Graph graph={found} />}</Shown>
      ) : (
        <p className="list-foot">
          <button type="button" className="button" onClick={() => setOpen(true)}>
            {say('causes.show')}
          </button>
        </p>
      )}
    </Section>
  );
};
