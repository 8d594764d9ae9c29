/// The version of this program.
enum BuildVersion {
    /// The version as `hooklog --version` prints it.
    static let text = "0.1.0"
}
