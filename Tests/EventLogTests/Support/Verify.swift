import Testing

/// Checks a condition on a noncopyable value, which `#expect` cannot take apart.
func verify(_ condition: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(condition, sourceLocation: sourceLocation)
}
