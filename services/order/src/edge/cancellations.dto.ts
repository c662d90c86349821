import { parties, type Reason } from '@cartage/contracts';
import { IsCode, IsId, IsLineId, IsNote, Nested, OptionalNestedList } from '@cartage/service-kit';
import { limits } from '@cartage/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNumber, IsOptional } from 'class-validator';
import { longest } from '../domain/placement';

/** Who may ask the order for something over HTTP. */
export const askers = ['customer', 'operator', 'channel'] as const satisfies readonly (typeof parties)[number][];
export type Asker = (typeof askers)[number];

export class ReasonDto {
  @ApiProperty({ example: 'changed-mind', description: 'Stable, for programs.' })
  @IsCode()
  code!: string;

  @ApiPropertyOptional({ example: 'Ordered twice by mistake.', description: 'For a person.' })
  @IsOptional()
  @IsNote(longest.instructions)
  detail?: string;
}

/** Who asks, and why. */
export class AskedDto {
  @Nested(() => ReasonDto)
  reason!: ReasonDto;

  @ApiPropertyOptional({ enum: askers, default: 'operator', description: 'Whose decision it is.' })
  @IsOptional()
  @IsIn(askers)
  by?: Asker;

  @ApiPropertyOptional({ example: 'user-17', description: 'The person or program, where it is another one than the caller.' })
  @IsOptional()
  @IsId(longest.customerId)
  actor?: string;
}

/** Units of a line, or all of them. */
export class LineUnitsDto {
  @ApiProperty({ example: '1' })
  @IsLineId()
  lineId!: string;

  @ApiPropertyOptional({ example: 1, type: 'integer', minimum: 1, description: 'Without it, all of the line that has not left.' })
  @IsOptional()
  @IsNumber()
  quantity?: number;
}

export class CancellationDto extends AskedDto {
  @OptionalNestedList(() => LineUnitsDto, { max: limits.lines }, { description: 'Units of lines; without it, the whole order.' })
  lines?: LineUnitsDto[];
}

export const reasonOf = ({ reason, by, actor }: AskedDto, caller: string, otherwise: Asker = 'operator'): Reason => ({
  code: reason.code,
  ...(reason.detail === undefined ? {} : { detail: reason.detail }),
  by: by ?? otherwise,
  actor: actor ?? caller,
});
