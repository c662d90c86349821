import { IsInstant, IsNote, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import {
  differenceCauses,
  differenceStatuses,
  type DifferenceCause,
  type DifferenceStatus,
} from '../../../app/channels/channel-difference';
import { differenceKinds, type DifferenceKind } from '../../../domain/channel-differences';
import { longest } from '../../../domain/placement';
import { ChannelPath } from '../../order-queries.dto';

export class ChannelDifferencesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: differenceStatuses })
  @IsOptional()
  @IsIn(differenceStatuses)
  readonly status?: DifferenceStatus;

  @ApiPropertyOptional({ enum: differenceKinds })
  @IsOptional()
  @IsIn(differenceKinds)
  readonly kind?: DifferenceKind;

  @ApiPropertyOptional({ enum: differenceCauses })
  @IsOptional()
  @IsIn(differenceCauses)
  readonly cause?: DifferenceCause;
}

export class ChannelDifferencePath extends ChannelPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly differenceId!: string;
}

export class ChannelOrderListQueryDto {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'The list has all orders that came in from then on: one of ours that is not in it is not known there.',
  })
  @IsOptional()
  @IsInstant()
  readonly since?: string;
}

/** Of what a person settles by deciding it: for whoever asks later. */
export class SettleChannelDifferenceDto {
  @ApiProperty({ example: 'The shop was told by telephone.', description: 'For whoever asks later.' })
  @IsNote(longest.instructions)
  readonly reason!: string;
}
