import Postgres
import Schema

/// The statements of this module.
enum Queries {
    static let readServer = SQLLibrary.query("doctor_read_server")
    static let readServiceRole = SQLLibrary.query("doctor_read_service_role")
    static let readPartitions = SQLLibrary.query("doctor_read_partitions")
    static let readGuards = SQLLibrary.query("doctor_read_guards")
    static let listSealedSecrets = SQLLibrary.query("doctor_list_sealed_secrets")
    static let listStoppedProjections = SQLLibrary.query("doctor_list_stopped_projections")
    static let listRefusals = SQLLibrary.query("list_refusals")
    static let countDeadLetters = SQLLibrary.query("count_dead_letters")
    static let listLongTransactions = SQLLibrary.query("doctor_list_long_transactions")
    static let readProcessID = SQLLibrary.query("read_process_id")
    static let setServiceRole = SQLLibrary.query("set_service_role")
    static let readNewestSecret = SQLLibrary.query("read_newest_secret")
}
