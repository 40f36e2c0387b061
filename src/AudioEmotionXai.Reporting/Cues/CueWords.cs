using System.Globalization;

namespace AudioEmotionXai.Reporting;

/// <summary>Tells a report in sentences: where the important part lies, and then only what is distinctly different about it.</summary>
internal sealed class CueWords
{
    private readonly PartCues _important;
    private readonly PartCues _rest;
    private readonly CueOptions _options;
    private readonly List<string> _sentences = [];

    private CueWords(CueReport report) => (_important, _rest, _options) = (report.Important, report.Rest, report.Options);

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
        TellEnergy();
        int before = _sentences.Count;
        if (_rest.Position is null)
            _sentences.Add("It is there as much at all times, so that its pitch, level and voicing are those of the clip.");
        else
            TellMoments();
        TellSpectrum();
        if (_sentences.Count == before)
            _sentences.Add("In pitch, level, voicing and spectrum it is not distinctly different from the rest.");
    }

    private void TellPlace()
    {
        IReadOnlyList<TimeStretch> stretches = _important.Stretches;
        string pieces = stretches.Count == 1 ? "in one piece" : Text($"in {stretches.Count} pieces");
        _sentences.Add(
            Text($"The important part lasts {_important.Seconds:0.00} s ({_important.DurationShare:0 %} of the clip), ")
            + Text($"{pieces} between {stretches[0].Start:0.00} s and {stretches[^1].End:0.00} s{Third()}."));
    }

    private string Third() => _important.DurationShare > 0.5 ? "" : _important.Position switch
    {
        < 1.0 / 3 => ", early in the clip",
        > 2.0 / 3 => ", late in the clip",
        _ => "",
    };

    private void TellEnergy()
    {
        if (_important.EnergyShare is not { } energy || _important.CellShare is 0 or 1)
            return;
        double factor = energy / _important.CellShare;
        if (factor >= _options.EnergyFactor || factor <= 1 / _options.EnergyFactor)
            _sentences.Add(Text($"It holds {energy:0 %} of the clip's energy in {_important.CellShare:0 %} of its cells."));
    }

    private void TellMoments()
    {
        if (_important.Pitch is { } pitch
            && _rest.Pitch is { } other
            && Math.Min(pitch.VoicedSeconds, other.VoicedSeconds) >= _options.LeastVoicedSeconds)
            TellPitch(pitch, other);
        if (_important.Level is { } level && _rest.Level is { } otherLevel)
            Compare(level - otherLevel, _options.LevelDecibels, "louder", "quieter", Text($"{level:0.0} dB against {otherLevel:0.0} dB"));
        else if (_important.Level is null != _rest.Level is null)
            _sentences.Add(_important.Level is null ? "It is silent; the rest is not." : "The rest is silent.");
        if (_important.VoicedShare is { } voiced && _rest.VoicedShare is { } otherVoiced)
            Compare(
                voiced - otherVoiced, _options.VoicedShare, "voiced more of the time", "voiced less of the time",
                Text($"{voiced:0 %} against {otherVoiced:0 %}"));
    }

    private void TellPitch(PitchCues pitch, PitchCues other)
    {
        Compare(
            12 * Math.Log2(pitch.Median / other.Median), _options.PitchSemitones, "higher in pitch", "lower in pitch",
            Text($"median {pitch.Median:0} Hz against {other.Median:0} Hz"));
        Compare(
            pitch.RangeSemitones - other.RangeSemitones, _options.RangeSemitones, "livelier in pitch", "flatter in pitch",
            Text($"a range of {pitch.RangeSemitones:0.0} semitones against {other.RangeSemitones:0.0}"));
        if (pitch.Slope is not { } slope
            || other.Slope is not { } otherSlope
            || Math.Abs(slope - otherSlope) < _options.SlopeSemitonesPerSecond)
            return;
        string way = slope >= 0 ? "rises" : "falls";
        string otherWay = otherSlope >= 0 ? "rises" : "falls";
        _sentences.Add(
            Text($"Its pitch {way} by {Math.Abs(slope):0.0} semitones a second, that of the rest {otherWay} by {Math.Abs(otherSlope):0.0}.")
        );
    }

    private void TellSpectrum()
    {
        if (_important.Centroid is { } centroid and > 0 && _rest.Centroid is { } other and > 0)
            Compare(
                Math.Log2(centroid / other), _options.CentroidOctaves, "higher in frequency", "lower in frequency",
                Text($"centroid {centroid:0} Hz against {other:0} Hz"));
        if (_important.Tilt is { } tilt && _rest.Tilt is { } otherTilt)
            Compare(
                tilt - otherTilt, _options.TiltDecibelsPerOctave, "brighter", "duller",
                Text($"a spectral tilt of {tilt:0.0} dB per octave against {otherTilt:0.0}"));
    }

    private void Compare(double difference, double threshold, string more, string less, string numbers)
    {
        if (Math.Abs(difference) >= threshold && difference != 0)
            _sentences.Add($"It is {(difference > 0 ? more : less)} ({numbers}).");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
