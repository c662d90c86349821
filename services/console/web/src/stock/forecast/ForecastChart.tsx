import { useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useSpeech } from '../../words/words';
import { placedIn, type Curve, type Frame } from './curve';

const USUAL: Frame = { width: 640, height: 220, start: 44, bottom: 26, top: 12 };
const CAP = 5;
const WEEK = 7;

type Placed = ReturnType<typeof placedIn>;
interface DrawnProps {
  readonly curve: Curve;
  readonly at: Placed;
}

/** As wide as there is room: its letters keep their size on a phone. */
const useFrame = (box: RefObject<HTMLElement | null>): Frame => {
  const [width, setWidth] = useState(USUAL.width);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return { ...USUAL, width };
};

const Grid = ({ curve: { days, ceiling }, at, frame }: DrawnProps & { readonly frame: Frame }): ReactNode => {
  const { count } = useSpeech();
  const weeks = Array.from({ length: Math.floor(days / WEEK) + 1 }, (_, week) => week * WEEK);
  return (
    <g className="chart-grid">
      {[0, ceiling / 2, ceiling].map((units) => (
        <g key={units}>
          <line x1={frame.start} x2={frame.width - frame.top} y1={at.y(units)} y2={at.y(units)} />
          <text x={frame.start - CAP} y={at.y(units)} textAnchor="end" dominantBaseline="middle">
            {count(units)}
          </text>
        </g>
      ))}
      {weeks.map((day) => (
        <text key={day} x={at.x(day)} y={frame.height - CAP} textAnchor="middle">
          {count(day)}
        </text>
      ))}
    </g>
  );
};

const Interval = ({ curve: { expected }, at }: DrawnProps): ReactNode => {
  const x = at.x(expected.day);
  return (
    <g className="chart-interval">
      <line x1={x} x2={x} y1={at.y(expected.least)} y2={at.y(expected.most)} />
      {[expected.least, expected.most].map((units) => (
        <line key={units} x1={x - CAP} x2={x + CAP} y1={at.y(units)} y2={at.y(units)} />
      ))}
      <circle cx={x} cy={at.y(expected.units)} r={4} />
    </g>
  );
};

interface ForecastChartProps {
  readonly title: string;
  readonly description: string;
  readonly curve: Curve;
  /** Units that are there and nobody has a claim on. */
  readonly there: number;
}

/** What will have been asked for, day after day, against what is there. Its numbers stand beside it as a table. */
export const ForecastChart = ({ title, description, curve, there }: ForecastChartProps): ReactNode => {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const frame = useFrame(box);
  const at = placedIn(frame, curve);
  return (
    <div ref={box} className="chart">
      <svg viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-labelledby={`${id}-title ${id}-description`} direction="ltr">
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-description`}>{description}</desc>
        <Grid curve={curve} at={at} frame={frame} />
        <line className="chart-there" x1={frame.start} x2={frame.width - frame.top} y1={at.y(there)} y2={at.y(there)} />
        <polyline className="chart-demand" points={at.line(curve.points)} />
        <Interval curve={curve} at={at} />
      </svg>
    </div>
  );
};
