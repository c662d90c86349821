import { ANY_TIME, IsCode, IsId, IsInstant, IsNote, IsTruth, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { LONGEST_SNOOZE_DAYS } from '../domain/work';

const LONGEST_NAME = 200;
/** Some name two things, each as long as an id of another system may be. */
const LONGEST_KEY = 500;
const FAR_MS = 10 * 365 * 86_400_000;

export class ItemPath {
  @ApiProperty({ example: 'holds' })
  @IsCode()
  queue!: string;

  @ApiProperty({ example: '0199a3c4-7b1e-7c3d-9f2a-000000000001', description: 'As its queue knows it.' })
  @IsId(LONGEST_KEY)
  key!: string;
}

/** All that are given apply. */
export class WorkQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'holds', description: 'Of one queue.' })
  @IsOptional()
  @IsCode()
  queue?: string;

  @ApiPropertyOptional({ description: 'On which this person works.' })
  @IsOptional()
  @IsId(LONGEST_NAME)
  assignee?: string;

  @ApiPropertyOptional({ description: '`true`: on which whoever asks works, whatever `assignee` says.' })
  @IsOptional()
  @IsTruth()
  mine?: boolean;

  @ApiPropertyOptional({ description: '`true`: those that sleep; `false`: the others.' })
  @IsOptional()
  @IsTruth()
  snoozed?: boolean;
}

class Occurrence {
  @ApiPropertyOptional({
    description: 'Since when the item waits, as its queue says: what was done before is about an earlier time, and over.',
  })
  @IsOptional()
  @IsInstant(ANY_TIME)
  since?: string;
}

export class AssignmentDto extends Occurrence {
  @ApiPropertyOptional({ description: 'Who works on it, as their token has it; absent: whoever asks.' })
  @IsOptional()
  @IsId(LONGEST_NAME)
  assignee?: string;
}

export class SnoozeDto extends Occurrence {
  @ApiProperty({ description: `It is not shown before; at most ${LONGEST_SNOOZE_DAYS} days ahead.` })
  @IsInstant({ aheadMs: FAR_MS })
  until!: string;

  @ApiProperty({ example: 'The bank answers on Monday.' })
  @IsNote(500)
  reason!: string;
}

export class WorkNoteDto extends Occurrence {
  @ApiProperty({ example: 'Called twice, nobody there.', description: 'Kept until the item is forgotten; it cannot be changed.' })
  @IsNote(4_000)
  text!: string;
}

export class ResolutionOfWorkDto extends Occurrence {
  @ApiProperty({ example: 'queues.deed.retry', description: 'What was done about it, as the console names it.' })
  @IsCode()
  what!: string;

  @ApiPropertyOptional({ example: 'The bank is there again.', description: 'Why, as far as it was said.' })
  @IsOptional()
  @IsNote(1_000)
  reason?: string;
}
