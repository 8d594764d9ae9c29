import Testing

/// Expects a condition about a value that cannot be copied, which `#expect` would have to copy.
func verify(_ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(condition, sourceLocation: sourceLocation)
}
