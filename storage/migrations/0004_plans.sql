-- What people plan to do and to eat, and what they ate.
--
-- Days and meals are JSON arrays as the API shows them; dates are texts like 2026-03-01, which sort as they should. Of a
-- kind of plan at most one of a person is active.

create table workout_plans (
  id varchar(36) primary key not null,
  user_id varchar(36) not null references user_fences (user_id) on delete cascade,
  name text not null,
  goal varchar(16),
  notes text,
  is_active integer not null,
  starts_on varchar(10),
  ends_on varchar(10),
  days text not null,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null
);
create unique index idx_workout_plans_user_active on workout_plans (user_id) where is_active = 1;
create index idx_workout_plans_user_created on workout_plans (user_id, created_at desc, id desc);
create index idx_workout_plans_created on workout_plans (created_at desc);

create table nutrition_plans (
  id varchar(36) primary key not null,
  user_id varchar(36) not null references user_fences (user_id) on delete cascade,
  name text not null,
  notes text,
  is_active integer not null,
  starts_on varchar(10),
  ends_on varchar(10),
  energy_kcal double precision not null,
  protein_g double precision not null,
  carbs_g double precision not null,
  fat_g double precision not null,
  fibre_g double precision,
  water_litres double precision,
  meals text not null,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null
);
create unique index idx_nutrition_plans_user_active on nutrition_plans (user_id) where is_active = 1;
create index idx_nutrition_plans_user_created on nutrition_plans (user_id, created_at desc, id desc);

create table nutrition_logs (
  id varchar(36) primary key not null,
  user_id varchar(36) not null references user_fences (user_id) on delete cascade,
  log_date varchar(10) not null,
  meal varchar(16) not null,
  description text not null,
  energy_kcal double precision not null,
  protein_g double precision,
  carbs_g double precision,
  fat_g double precision,
  fibre_g double precision,
  note text,
  created_at bigint not null,
  updated_at bigint not null,
  revision bigint not null
);
create index idx_nutrition_logs_user_date on nutrition_logs (user_id, log_date desc, id desc);
