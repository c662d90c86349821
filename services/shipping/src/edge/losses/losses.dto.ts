import { IsCode, IsCurrency, IsExternalId, IsId, IsMoney, IsNote, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { claimStatuses, type ClaimStatus } from '../../domain/claims/claim';
import { CarrierPlaceQuery } from '../carrier-place-query';

export class LossDto {
  @ApiPropertyOptional({ description: 'All of which it can be said, if absent.' })
  @IsOptional()
  @IsId(64)
  readonly parcelId?: string;

  @ApiProperty({ example: 'The carrier’s hotline: not found at the depot.', description: 'For whoever asks later.' })
  @IsNote(1_000)
  readonly reason!: string;
}

export class StuckQueryDto extends CarrierPlaceQuery {}

export const claimReasons = ['lost', 'damaged', 'other'] as const;

export class FileClaimDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly shipmentId!: string;

  @ApiProperty({ example: '1' })
  @IsId(64)
  readonly parcelId!: string;

  @ApiProperty({ example: 'GBP' })
  @IsCurrency()
  readonly currency!: string;

  @ApiProperty({ minimum: 1, description: 'What is claimed, minor units.' })
  @IsMoney({ least: 1 })
  readonly amount!: number;

  @ApiProperty({ enum: claimReasons })
  @IsIn(claimReasons)
  readonly reason!: (typeof claimReasons)[number];

  @ApiPropertyOptional({ example: 'C-77', description: 'The carrier’s own number of it.' })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;
}

export class AcceptClaimDto {
  @ApiProperty({ description: 'What the carrier accepts, minor units: at most what is claimed.' })
  @IsMoney()
  readonly amount!: number;
}

export class PayClaimDto {
  @ApiProperty({ minimum: 1, description: 'What the carrier has paid now, minor units.' })
  @IsMoney({ least: 1 })
  readonly amount!: number;
}

export class RefuseClaimDto {
  @ApiProperty({ example: 'Filed too late.', description: 'As the carrier says it.' })
  @IsNote(1_000)
  readonly reason!: string;
}

export class CarrierClaimQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'simulated' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ enum: claimStatuses })
  @IsOptional()
  @IsIn(claimStatuses)
  readonly status?: ClaimStatus;
}
