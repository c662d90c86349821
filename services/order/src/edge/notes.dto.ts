import { ANY_TIME, IsCode, IsId, IsInstant, IsNote, IsPlainText, IsTruth, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';

const YEARS_MS = 5 * 365 * 86_400_000;
const longestName = 200;

export class NoteDto {
  @ApiProperty({ example: 'The customer asks for a gift box. @anna can you pack it?', description: '`@name` mentions somebody.' })
  @IsNote(4_000)
  text!: string;
}

export class TaskDto {
  @ApiProperty({ example: 'Call the customer about the address.' })
  @IsPlainText(500)
  title!: string;

  @ApiPropertyOptional({ description: 'Who is to do it.' })
  @IsOptional()
  @IsId(longestName)
  assignee?: string;

  @ApiPropertyOptional({ description: 'Until when; then it is overdue.' })
  @IsOptional()
  @IsInstant({ aheadMs: YEARS_MS })
  dueAt?: string;
}

export class TaskAssigneeDto {
  @ApiProperty()
  @IsId(longestName)
  assignee!: string;
}

/** All that are given apply. */
export class TaskListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only those of this person.' })
  @IsOptional()
  @IsId(longestName)
  assignee?: string;

  @ApiPropertyOptional({ description: 'Only those that mention this person.' })
  @IsOptional()
  @IsId(longestName)
  mention?: string;

  @ApiPropertyOptional({ description: '`true`: only those of whoever asks, and those that mention them.' })
  @IsOptional()
  @IsTruth()
  mine?: boolean;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only those of this order.' })
  @IsOptional()
  @IsUUID()
  orderId?: string;

  @ApiPropertyOptional({ description: 'Only those that were not done in time, or only the others.' })
  @IsOptional()
  @IsTruth()
  overdue?: boolean;

  @ApiPropertyOptional({ description: 'Due before.' })
  @IsOptional()
  @IsInstant(ANY_TIME)
  dueBefore?: string;

  @ApiPropertyOptional({ description: 'Of orders that this location ships, or a part of them.' })
  @IsOptional()
  @IsCode()
  location?: string;
}
