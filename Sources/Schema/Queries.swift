/// The statements of this module.
enum Queries {
    static let findSchema = SQLLibrary.query("find_schema")
    static let readSchemaVersion = SQLLibrary.query("read_schema_version")
    static let lockMigration = SQLLibrary.query("lock_migration")
    static let recordMigration = SQLLibrary.query("record_migration")
    static let recordFunctions = SQLLibrary.query("record_functions")
    static let dropFunctions = SQLLibrary.query("drop_functions")
    static let deferFunctionChecks = SQLLibrary.query("defer_function_checks")
    static let makePartitions = SQLLibrary.query("make_partitions")
}
