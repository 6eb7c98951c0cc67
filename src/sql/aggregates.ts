/** Functions that make one value of many rows, lower case. */
export const AGGREGATES: ReadonlySet<string> = new Set(
  `count sum avg min max array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg json_arrayagg
  json_objectagg json_group_array json_group_object group_concat listagg total bool_and bool_or bit_and bit_or every
  stddev stddev_pop stddev_samp variance var_pop var_samp corr percentile_cont percentile_disc mode any_value`.split(
    /\s+/,
  ),
);
