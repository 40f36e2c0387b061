using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Tells a report in sentences: where the important part lies, and then only what is distinctly different about it, and more so
/// than about random parts of its shape.</summary>
internal sealed class CueWords
{
    private readonly PartCues _important;
    private readonly PartCues _rest;
    private readonly Dictionary<string, double> _told;
    private readonly int _draws;
    private readonly List<string> _sentences = [];

    private CueWords(CueReport report)
    {
        (_important, _rest) = (report.Important, report.Rest);
        _told = report.Differences.Where(difference => difference.IsTold).ToDictionary(told => told.Cue, told => told.Value);
        _draws = report.Differences.Select(difference => difference.Of - 1).DefaultIfEmpty().Max();
    }

    public static IReadOnlyList<string> Of(CueReport report)
    {
        CueWords words = new(report);
        words.TellAll();
        return words._sentences;
    }

    private void TellAll()
    {
        if (_important.Position is null)
        {
            _sentences.Add("No part of the clip is called important.");
            return;
        }

        TellPlace();
        if (_told.ContainsKey(Cue.Energy))
            _sentences.Add(Text($"It holds {_important.EnergyShare:0 %} of the clip's energy in {_important.CellShare:0 %} of its cells."));
        if (_rest.Position is null)
            _sentences.Add("It is there as much at all times, so that its pitch, level and voicing are those of the clip.");
        TellPitch();
        TellLevelAndVoice();
        TellSpectrum();
        _sentences.Add(_told.Count == 0
            ? "In pitch, level, voicing and spectrum it is not distinctly different from the rest, or not more so than random parts of its "
                + "shape are."
            : Text($"Of {_draws} random parts of its shape {Fewest} is as different in this."));
    }

    private void TellPlace()
    {
        IReadOnlyList<TimeStretch> stretches = _important.Stretches;
        string pieces = stretches.Count == 1 ? "in one piece" : Text($"in {stretches.Count} pieces");
        _sentences.Add(
            Text($"The important part lasts {_important.Seconds:0.00} s ({_important.DurationShare:0 %} of the clip), ")
            + Text($"{pieces} between {stretches[0].Start:0.00} s and {stretches[^1].End:0.00} s{Third()}."));
    }

    private string Fewest => _draws > RandomRank.LeastDraws ? "at most one in 20" : "none";

    private string Third() => _important.DurationShare > 0.5 ? "" : _important.Position switch
    {
        < 1.0 / 3 => ", early in the clip",
        > 2.0 / 3 => ", late in the clip",
        _ => "",
    };

    private void TellPitch()
    {
        Tell(
            Cue.Pitch, "higher in pitch", "lower in pitch",
            () => Text($"median {_important.Pitch!.Median:0} Hz against {_rest.Pitch!.Median:0} Hz"));
        Tell(
            Cue.Range, "livelier in pitch", "flatter in pitch",
            () => Text($"a range of {_important.Pitch!.RangeSemitones:0.0} semitones against {_rest.Pitch!.RangeSemitones:0.0}"));
        if (!_told.ContainsKey(Cue.Slope))
            return;
        (double slope, double other) = (_important.Pitch!.Slope!.Value, _rest.Pitch!.Slope!.Value);
        (string way, string otherWay) = (slope >= 0 ? "rises" : "falls", other >= 0 ? "rises" : "falls");
        _sentences.Add(
            Text($"Its pitch {way} by {Math.Abs(slope):0.0} semitones a second, that of the rest {otherWay} by {Math.Abs(other):0.0}."));
    }

    private void TellLevelAndVoice()
    {
        if (_told.TryGetValue(Cue.Level, out double level) && double.IsInfinity(level))
            _sentences.Add(level < 0 ? "It is silent; the rest is not." : "The rest is silent.");
        else
            Tell(Cue.Level, "louder", "quieter", () => Text($"{_important.Level:0.0} dB against {_rest.Level:0.0} dB"));
        Tell(
            Cue.Voiced, "voiced more of the time", "voiced less of the time",
            () => Text($"{_important.VoicedShare:0 %} against {_rest.VoicedShare:0 %}"));
    }

    private void TellSpectrum()
    {
        Tell(
            Cue.Centroid, "higher in frequency", "lower in frequency",
            () => Text($"centroid {_important.Centroid:0} Hz against {_rest.Centroid:0} Hz"));
        Tell(
            Cue.Tilt, "brighter", "duller",
            () => Text($"a spectral tilt of {_important.Tilt:0.0} dB per octave against {_rest.Tilt:0.0}"));
    }

    private void Tell(string cue, string more, string less, Func<string> numbers)
    {
        if (_told.TryGetValue(cue, out double difference))
            _sentences.Add($"It is {(difference > 0 ? more : less)} ({numbers()}).");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
