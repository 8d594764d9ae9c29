import Schema

/// The statements of this module.
enum Queries {
    static let projectPage = SQLLibrary.query("project_page")
    static let recordFailure = SQLLibrary.query("record_projection_failure")
    static let readPending = SQLLibrary.query("read_pending_projections")
    static let readGenerations = SQLLibrary.query("read_generations")
    static let readBuildProgress = SQLLibrary.query("read_build_progress")
    static let listBehindActive = SQLLibrary.query("list_behind_active")
    static let listActiveCheckpoints = SQLLibrary.query("list_active_checkpoints")
    static let countGenerationCheckpoints = SQLLibrary.query("count_generation_checkpoints")
    static let registerProjection = SQLLibrary.query("register_projection")
    static let startRebuild = SQLLibrary.query("start_rebuild")
    static let attendBuild = SQLLibrary.query("attend_build")
    static let cancelRebuild = SQLLibrary.query("cancel_rebuild")
    static let pauseGeneration = SQLLibrary.query("pause_generation")
    static let resumeGeneration = SQLLibrary.query("resume_generation")
    static let settleCheckpoint = SQLLibrary.query("settle_checkpoint")
    static let activateGeneration = SQLLibrary.query("activate_generation")
    static let dropGeneration = SQLLibrary.query("drop_generation")
    static let createIndexes = SQLLibrary.query("create_read_model_indexes")
    static let swapWorkspaceRows = SQLLibrary.query("swap_workspace_rows")
    static let readReadModelPositions = SQLLibrary.query("read_read_model_positions")
    static let listDeadLetters = SQLLibrary.query("list_dead_letters")
    static let retryDeadLetter = SQLLibrary.query("retry_dead_letter")
    static let discardDeadLetter = SQLLibrary.query("discard_dead_letter")
    static let readProjectionStatus = SQLLibrary.query("read_projection_status")
}
