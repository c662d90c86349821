import { IsCode, IsDay, IsInstant, IsNote } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { pickupStatuses, type PickupStatus } from '../../domain/days/pickup';
import { CarrierPlaceQuery } from '../carrier-place-query';

class CarrierPlace {
  @ApiProperty({ example: 'simulated' })
  @IsCode()
  readonly carrier!: string;

  @ApiProperty({ example: 'LDN', description: 'Location code.' })
  @IsCode()
  readonly location!: string;
}

export class CloseManifestDto extends CarrierPlace {
  @ApiPropertyOptional({ example: '2026-11-27', description: 'Local date of the location; today there, if absent.' })
  @IsOptional()
  @IsDay()
  readonly day?: string;
}

export class ManifestQueryDto extends CarrierPlaceQuery {
  @ApiPropertyOptional({ example: '2026-11-27' })
  @IsOptional()
  @IsDay()
  readonly day?: string;
}

/** Carriers take bookings weeks ahead, not years. */
const AHEAD = { aheadMs: 60 * 86_400_000 };

export class BookPickupDto extends CarrierPlace {
  @ApiProperty({ description: 'The carrier comes from then on.' })
  @IsInstant(AHEAD)
  readonly from!: string;

  @ApiProperty({ description: 'And not later than then.' })
  @IsInstant(AHEAD)
  readonly until!: string;

  @ApiPropertyOptional({ example: 'Gate 3, ring twice.' })
  @IsOptional()
  @IsNote(300)
  readonly instructions?: string;
}

export class CancelPickupDto {
  @ApiProperty({ example: 'Nothing to fetch today.', description: 'For whoever asks later.' })
  @IsNote(1_000)
  readonly reason!: string;
}

export class PickupQueryDto extends CarrierPlaceQuery {
  @ApiPropertyOptional({ enum: pickupStatuses, description: '`missed` is whom to call.' })
  @IsOptional()
  @IsIn(pickupStatuses)
  readonly status?: PickupStatus;
}
