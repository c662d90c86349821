import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Address, Calendar, Location } from '../domain/location-profile';

@Entity({ name: 'location' })
export class LocationRow {
  @PrimaryColumn('text')
  readonly code!: string;

  @Column('text')
  readonly name!: string;

  @Column('text')
  readonly kind!: Location['kind'];

  @Column('text')
  readonly country!: string;

  @Column('text', { name: 'postal_code', nullable: true })
  readonly postalCode!: string | null;

  @Column('jsonb', { nullable: true })
  readonly address!: Address | null;

  @Column('double precision')
  readonly latitude!: number;

  @Column('double precision')
  readonly longitude!: number;

  @Column('jsonb', { nullable: true })
  readonly calendar!: Calendar | null;

  @Column('integer', { name: 'daily_capacity', nullable: true })
  readonly dailyCapacity!: number | null;

  @Column('integer', { name: 'lead_days', nullable: true })
  readonly leadDays!: number | null;

  @Column('boolean')
  readonly active!: boolean;

  @Column('integer')
  readonly revision!: number;
}
