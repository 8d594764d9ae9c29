import Configuration

extension ConfigReader {
    /// Returns a text, or `nil` where none is given.
    ///
    /// - Throws: `invalidSetting` when the file holds something else under that name.
    func text(_ key: SettingKey, isSecret: Bool = false) throws(CommandError) -> String? {
        if let text = string(forKey: key.configKey, isSecret: isSecret) { return text }
        if let number = int(forKey: key.configKey, isSecret: isSecret) { return String(number) }
        let isOther =
            bool(forKey: key.configKey, isSecret: isSecret) != nil
            || double(forKey: key.configKey, isSecret: isSecret) != nil
            || stringArray(forKey: key.configKey, isSecret: isSecret) != nil
        guard !isOther else { throw key.invalid("is not a text") }
        return nil
    }

    /// Returns a whole number within a range.
    ///
    /// - Throws: `invalidSetting` when it is something else.
    func number(
        _ key: SettingKey,
        in range: ClosedRange<Int>,
        default standard: Int
    ) throws(CommandError) -> Int {
        guard let text = try text(key) else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw key.invalid("must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Returns one of an enumeration's values.
    ///
    /// - Throws: `invalidSetting` when it is none of them.
    func choice<Value>(_ key: SettingKey, default standard: Value) throws(CommandError) -> Value
    where Value: RawRepresentable<String> & CaseIterable {
        guard let text = try text(key) else { return standard }
        guard let value = Value(rawValue: text) else {
            throw key.invalid("must be one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }
}

extension SettingKey {
    /// The error about a value of this setting that cannot be used; the value itself is not repeated.
    func invalid(_ problem: String) -> CommandError {
        CommandError(
            .invalidSetting,
            "The setting \(rawValue) \(problem). It is \(flag) as a flag, \(variable) in the environment and"
                + " \(rawValue) in \(SettingsSources.defaultFile)."
        )
    }
}
