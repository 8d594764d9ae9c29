/// Fixed-width integers as bytes, most significant first.
enum BigEndian {
    /// The eight bytes of a number.
    static func bytes(_ value: UInt64) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    /// The number in up to eight bytes.
    static func value(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The 16 bytes in which an identifier carries its workspace.
    ///
    /// The first half is mixed with the second, so that identifiers of one workspace do not look alike.
    static func identifier(workspace: WorkspaceID, number: Int64) -> [UInt8] {
        let number = UInt64(bitPattern: number)
        return bytes(UInt64(bitPattern: workspace.rawValue) ^ number) + bytes(number)
    }

    /// Reads what ``identifier(workspace:number:)`` wrote; `nil` unless both numbers are positive.
    static func readIdentifier(_ bytes: [UInt8]) -> (workspace: WorkspaceID, number: Int64)? {
        let number = value(bytes[8..<16])
        let workspace = Int64(bitPattern: value(bytes[0..<8]) ^ number)
        guard workspace > 0, Int64(bitPattern: number) > 0 else { return nil }
        return (WorkspaceID(rawValue: workspace), Int64(bitPattern: number))
    }
}
