/// How tests compare the tables of two generations.
package enum TableDifference {
    /// The query for the rows, as JSON in the column `row`, that only one of two tables of a read model has.
    ///
    /// What the engine notes of members' places, and when, depends on pages, and counts for nothing.
    package static func query(_ one: String, _ other: String) -> String {
        """
        WITH one AS (SELECT to_jsonb(o) - '{folded_bytes,member_stamps}'::text[] AS row FROM \(one) AS o),
        other AS (SELECT to_jsonb(o) - '{folded_bytes,member_stamps}'::text[] AS row FROM \(other) AS o)
        SELECT d.row::text FROM ((TABLE one EXCEPT TABLE other) UNION ALL (TABLE other EXCEPT TABLE one)) AS d
        """
    }
}
