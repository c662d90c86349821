import { IsCode, IsPlainText, IsTruth, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { findingKinds, type FindingKind } from '../domain/judging';

export class FindingQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: findingKinds })
  @IsOptional()
  @IsIn(findingKinds)
  kind?: FindingKind;

  @ApiPropertyOptional({ example: 'dispatch-is-issued', description: 'Of one rule.' })
  @IsOptional()
  @IsCode()
  rule?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  orderId?: string;

  @ApiPropertyOptional({ description: '`true`: those that nobody has closed, and that did not end by themselves; `false`: the others.' })
  @IsOptional()
  @IsTruth()
  open?: boolean;
}

export class CloseFindingDto {
  @ApiProperty({ example: 'The parcel was handed over by mistake; stock was counted.', description: 'Why nothing more has to follow.' })
  @IsPlainText(500)
  reason!: string;
}
