import { integer, list, nullable, object, text } from '@cartage/contracts';
import type { FieldError, Refused } from '@cartage/eventsourcing';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { nameOfItem } from '../http/batch';
import { AsNumber } from '../input/fields';
import { recordsOf, type CellKinds, type FileRecord } from './records';
import { faultsOf, slicesOf } from './slices';
import type { Upload } from './upload';

export class ImportQuery {
  @ApiPropertyOptional({ minimum: 1, default: 1, description: 'Lines before it are passed over.' })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(1_000_000_000)
  readonly fromLine?: number;
}

/** Why a record was not taken: by the line on which it ends, and what it names itself by, such as its `sku`. */
export type RejectedRecord<Name extends string> = FieldError & { readonly line: number } & { readonly [Each in Name]: string | null };

export interface ImportReport<Name extends string> {
  /** Records of the file, from the line where it began. */
  readonly records: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly errors: readonly RejectedRecord<Name>[];
}

/** For `answerOf`. */
export const importReportShape = <Name extends string>(name: Name, about: { readonly changed: string; readonly unchanged: string }) => {
  const named = { [name]: nullable(text('As it was sent.')) } as Record<Name, ReturnType<typeof nullable<string>>>;
  return object({
    records: integer('Records that were looked at.'),
    changed: integer(about.changed),
    unchanged: integer(about.unchanged),
    rejected: integer('Records that are wrong. The others were taken all the same.'),
    errors: list(
      object({
        line: integer('On which the record ends; of a CSV file the header is line 1.'),
        ...named,
        field: text('JSON path in the record; empty: the record as a whole.'),
        code: text(),
        message: text(),
      }),
      'What is wrong, up to 1,000 faults.',
    ),
  });
};

/** More would help nobody: whoever mends these sends the file again. */
const MOST_ERRORS = 1_000;

/** What becomes of the records of a file. */
export class ImportCount<Name extends string> {
  records = 0;
  changed = 0;
  unchanged = 0;
  rejected = 0;
  readonly errors: RejectedRecord<Name>[] = [];

  constructor(private readonly name: Name) {}

  /** `fieldOf`: of a fault, the field of the record that it is about. */
  reject(record: FileRecord, refused: Refused, fieldOf = (field: string): string => field): void {
    this.rejected += 1;
    const named = { [this.name]: 'value' in record ? nameOfItem(record.value, this.name) : null } as Record<Name, string | null>;
    const room = Math.max(0, MOST_ERRORS - this.errors.length);
    this.errors.push(
      ...faultsOf(refused)
        .slice(0, room)
        .map((fault) => ({ line: record.line, ...named, ...fault, field: fieldOf(fault.field) })),
    );
  }

  report(): ImportReport<Name> {
    const { records, changed, unchanged, rejected, errors } = this;
    return { records, changed, unchanged, rejected, errors };
  }
}

/** So many records share round trips and a transaction. */
const CHUNK = 200;

/** A file of which nothing is remembered: it is answered at once, and sent again as a whole. */
export const chunksOf = (
  upload: Upload,
  { cells, fromLine }: { readonly cells: CellKinds; readonly fromLine: number },
): AsyncGenerator<readonly FileRecord[]> => slicesOf(recordsOf(upload, { cells }), { size: CHUNK, behind: fromLine - 1 });
